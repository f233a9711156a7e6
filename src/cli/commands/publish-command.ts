import type { ExitCode, Io } from '../io.ts';
import type { PublishOptions } from '../publish-options.ts';
import { publishToNotionCommand } from './publish-notion-command.ts';
import { publishToWebhookCommand } from './publish-webhook-command.ts';

/** `publish WHAT… --to TARGET`: results where the group looks; written only with `--yes`. */
export function publishCommand(words: string[], options: PublishOptions, io: Io): Promise<ExitCode> {
  return options.to === 'notion'
    ? publishToNotionCommand(words, options, io)
    : publishToWebhookCommand(words, options, io);
}
