import { ConfigError } from '../../core/errors.ts';
import { languages } from '../../core/localized.ts';
import type { RunOptions } from '../../core/requested-run.ts';
import { gradingWords } from './grading-words.ts';

/** What stands in the fields of the form for a run, as it was sent; nothing chosen is an empty text. */
export interface RunForm {
  judge: string;
  rubric: string;
  language: string;
  /** US dollars. */
  maxCost: string;
}

/** The form as it is sent, from whatever knows its fields. */
export function runForm(field: (name: string) => string): RunForm {
  return {
    judge: field('judge') || 'auto',
    rubric: field('rubric'),
    language: field('language'),
    maxCost: field('maxCost'),
  };
}

function problemIn(name: 'wrongChoice' | 'wrongCost'): ConfigError {
  return new ConfigError({ ko: gradingWords.ko[name], en: gradingWords.en[name] });
}

function oneOf<T extends string>(choices: readonly T[], value: string): T {
  const choice = choices.find((known) => known === value);
  if (choice === undefined) throw problemIn('wrongChoice');
  return choice;
}

function amountIn(text: string): number {
  const amount = Number(text);
  if (!Number.isFinite(amount) || amount <= 0) throw problemIn('wrongCost');
  return amount;
}

/**
 * What a run should do, by its form.
 * @throws ConfigError where a field holds what cannot be chosen
 */
export function runOptions({ judge, rubric, language, maxCost }: RunForm): RunOptions {
  return {
    judge: oneOf(['auto', 'llm', 'offline'] as const, judge),
    ...(rubric === '' ? {} : { rubric }),
    ...(language === '' ? {} : { language: oneOf(languages, language) }),
    ...(maxCost === '' ? {} : { maxCostUsd: amountIn(maxCost) }),
  };
}
