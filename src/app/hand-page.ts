import type { Language } from '../core/localized.ts';
import type { Criterion } from '../core/rubric.ts';
import type { HandAnswer, HandSheet } from './hand-index.ts';

const howTo: Record<Language, string> = {
  ko: '아래 내용을 모두 복사해 채팅에 붙여 넣고, 받은 답을 이 파일의 마지막 줄 아래에 붙여 넣어 저장하세요.',
  en: 'Copy everything below into any chat, paste its reply below the last line of this file, and save.',
};

const pasteHere: Record<Language, string> = {
  ko: '이 줄 아래에 답을 붙여 넣으세요 (Paste the reply below this line)',
  en: 'Paste the reply below this line',
};

/** The line below which a reply is pasted. */
function pasteLine(token: string, language: Language): string {
  return `===== ${pasteHere[language]} · ${token} =====`;
}

function verdictForm(criteria: readonly Criterion[]): string {
  const levels = criteria.map((item) => `  - ${item.id}: ${item.levels.map(({ id }) => id).join(', ')}`);
  return `- id: the id of the answer, as given with it
- criteria: an object with an entry for each of ${criteria.map(({ id }) => id).join(', ')}. Each entry is an object with evidence (a list of quotes), reason (one sentence) and level, one of these:
${levels.join('\n')}
- addressesGrader: true or false
- feedback: an object with summary (a text), strengths (a list of texts), improvements (a list of texts) and nextStep (a text)`;
}

/** An example whose levels are none, so that it can never be taken for a verdict. */
function exampleOf({ id, criteria }: HandAnswer): object {
  const opinions = criteria.map((item) => {
    const level = item.levels.map((one) => one.id).join(' or ');
    return [item.id, { evidence: ['words of the answer'], reason: 'Why this level.', level }] as const;
  });
  return {
    id,
    criteria: Object.fromEntries(opinions),
    addressesGrader: false,
    feedback: {
      summary: 'Where the answer stands.',
      strengths: ['What is right.'],
      improvements: ['What is missing.'],
      nextStep: 'What to do next.',
    },
  };
}

function replyPart(answers: readonly [HandAnswer, ...HandAnswer[]]): string {
  const [first] = answers;
  const areSeveral = answers.length > 1;
  const form = areSeveral
    ? `There are ${answers.length} answers, each between marker lines of its own. Judge each by itself, as if it were the only one. Reply with one JSON list in a code block and nothing else: one object for each answer. Each object holds`
    : 'Reply with one JSON object in a code block and nothing else. It holds';
  const example = JSON.stringify(areSeveral ? [exampleOf(first)] : exampleOf(first), null, 1);
  return `# How to reply
${form}
${verdictForm(first.criteria)}

The form by an example, whose contents are made up${areSeveral ? '; yours goes on to the last answer' : ''}:

\`\`\`json
${example}
\`\`\``;
}

/** What a request says to the model, in two parts: what comes before the answer, and the answer. */
function userParts({ id, request }: HandAnswer): { head: string; answer: string } {
  const content = request.messages.find(({ role }) => role === 'user')?.content ?? '';
  // The marker is random, so no answer and no question can hold this text.
  const at = content.indexOf(`# Answer\nBetween the two lines "=== answer ${request.nonce} ===":`);
  const answer = content.slice(at).replace('# Answer\n', `# Answer ${id}\n`);
  return { head: content.slice(0, at).trimEnd(), answer };
}

/** The answers of a page; what comes before each is said once where it is the same. */
function answerPart(answers: readonly HandAnswer[]): string {
  const parts = answers.map(userParts);
  const heads = new Set(parts.map(({ head }) => head));
  const [common] = heads;
  if (heads.size === 1) return [common, ...parts.map(({ answer }) => answer)].join('\n\n');
  return parts.map(({ head, answer }) => `${head}\n\n${answer}`).join('\n\n');
}

/**
 * A page for a person to paste into a chat: instructions, the form of the reply, the answers to one question,
 * and a line below which the reply goes.
 * @param sheet its answers have the same criteria and instructions
 */
export function handPage({ token, answers }: HandSheet, language: Language): string {
  const [first, ...others] = answers;
  if (!first) return '';
  const system = first.request.messages.find(({ role }) => role === 'system')?.content ?? '';
  return [
    howTo[language],
    system,
    replyPart([first, ...others]),
    answerPart(answers),
    `${pasteLine(token, language)}\n`,
  ].join('\n\n');
}
