import {
  aboutThisAnswer,
  courtesy,
  forgetting,
  gluedOrders,
  orders,
  promptForms,
  salutations,
  telling,
  verdictForms,
} from './address-patterns.ts';
import { unmask } from './unmask.ts';

const fence = /^[^\S\n]*(```|~~~)[^\n]*\n[\s\S]*?(?:\n[^\S\n]*\1|$(?![\s\S]))/gmu;
/** What stands in quotation marks or in a code span on one line; an apostrophe opens nothing. */
const quotation =
  /"[^"\n]{1,300}"|“[^“”\n]{1,300}”|「[^「」\n]{1,300}」|『[^『』\n]{1,300}』|‘[^‘’\n]{1,300}’|`[^`\n]{1,300}`|(?<![\p{L}\p{N}])'[^'\n]{2,300}'/gu;
/** Letters beside a quotation from which on a line explains it; a lone quotation is the message itself. */
const fewestExplaining = 6;

const explaining = new RegExp(`(?:\\p{L}\\P{L}*){${fewestExplaining}}`, 'u');

/** A text without what its lines merely quote. */
function withoutQuotations(text: string): string {
  return text
    .split('\n')
    .map((line) => {
      const rest = line.replace(quotation, ' ');
      return explaining.test(rest) ? rest : line;
    })
    .join('\n');
}

function withoutCode(text: string): string {
  const rest = text.replace(fence, '\n');
  return explaining.test(rest) ? rest : text;
}

/** Sentences without list markers and other marks in front; a bracket stays, for what it may open. */
function sentencesOf(text: string): string[] {
  return text
    .split(/[.!?;。！？\n]+/u)
    .map((sentence) =>
      sentence
        .replace(/^[^\p{L}\p{N}]+/u, '')
        .replace(/\s+/gu, ' ')
        .trim(),
    )
    .filter((sentence) => sentence !== '');
}

function matchesAny(rules: readonly (readonly RegExp[])[], sentence: string): boolean {
  return rules.some((rule) => rule.every((part) => part.test(sentence)));
}

/** Whether a sentence tells about orders, as an answer on prompt injection does. */
function onlyTells(sentence: string): boolean {
  return telling.test(sentence) && !aboutThisAnswer.test(sentence);
}

function demandsMarks(sentence: string): boolean {
  const demands =
    matchesAny(orders, sentence) || (matchesAny(salutations, sentence) && !courtesy.test(sentence));
  return demands && !onlyTells(sentence);
}

function wantsForgetting(sentence: string): boolean {
  return matchesAny(forgetting, sentence) && !onlyTells(sentence);
}

/** Whether one reading of an answer, in lower case, speaks to the grader. */
function speaksToGrader(reading: string): boolean {
  const prose = withoutQuotations(withoutCode(reading));
  return (
    sentencesOf(withoutQuotations(reading)).some(demandsMarks) ||
    sentencesOf(prose).some(wantsForgetting) ||
    promptForms.some((form) => form.test(prose)) ||
    verdictForms.some((form) => form.test(reading)) ||
    (gluedOrders.test(prose) && !onlyTells(prose))
  );
}

/**
 * Whether an answer seems to speak to whoever grades it: orders to forget instructions, demands for marks,
 * salutations, forms of a prompt or of a verdict, Korean or English, plain or disguised. A hint by patterns,
 * for a person to look; what an answer merely quotes or tells about is left alone as far as patterns can tell.
 */
export function addressesGrader(text: string): boolean {
  return unmask(text).some(speaksToGrader);
}
