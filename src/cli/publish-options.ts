import type { MappingRequest } from '../app/import-mapping.ts';
import { type PublishForm, publishForms } from '../app/publish-channel.ts';
import { ConfigError } from '../core/errors.ts';
import { type WebhookForm, webhookForms } from '../core/webhook-forms.ts';
import type { CommonOptions } from './io.ts';

/** Where results can be published. */
export const publishTargets = ['notion', 'webhook'] as const;
export type PublishTarget = (typeof publishTargets)[number];

export interface PublishOptions extends CommonOptions, MappingRequest {
  to: PublishTarget;
  as?: PublishForm | WebhookForm;
  anonymous?: boolean;
  scoreboard?: boolean;
  yes?: boolean;
  db: string;
}

/** All forms that `--as` takes. */
export const allForms = [...publishForms, ...webhookForms];

/** Options that only one target has. */
const ownOptions = [
  ['notion', 'scoreboard'],
  ['notion', 'format'],
  ['notion', 'mapping'],
  ['webhook', 'anonymous'],
] as const;

function isOneOf<T extends string>(names: readonly T[], name: string): name is T {
  return (names as readonly string[]).includes(name);
}

/**
 * The form that is asked for, where the target has it.
 * @throws ConfigError when the target has no such form, or an option is given that belongs to another target
 */
export function formFor<T extends string>(
  { to, as, ...options }: PublishOptions,
  forms: readonly T[],
): T | undefined {
  for (const [target, option] of ownOptions) {
    if (target === to || options[option] === undefined) continue;
    throw new ConfigError({
      ko: `--${option}은 --to ${target}에서만 쓸 수 있습니다.`,
      en: `--${option} goes with --to ${target} only.`,
    });
  }
  if (as === undefined || isOneOf(forms, as)) return as;
  throw new ConfigError({
    ko: `--to ${to}에는 --as ${forms.join(', ')}만 쓸 수 있습니다.`,
    en: `--to ${to} takes --as ${forms.join(', ')}.`,
  });
}
