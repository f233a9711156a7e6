import type { ImportWarning } from '../core/chapter.ts';
import { grouped } from './grouped.ts';
import { plainName } from './names.ts';
import type { NumberedText } from './question-text.ts';
import type { RawSubmission } from './read-item.ts';

/** A member with a document of theirs. */
interface Answerer {
  member: string;
  file: string;
}

/** What is asked, and by whom it was taken up. */
export interface AskedOfAll {
  members: readonly Answerer[];
  raws: readonly RawSubmission[];
  /** Whether somebody listed the questions; else only what all others have counts. */
  isListed: boolean;
}

/** The questions that members skipped, as work without an answer. */
export interface SkippedQuestions {
  raws: RawSubmission[];
  warnings: ImportWarning[];
}

function skipped({ member, file }: Answerer, question: NumberedText): RawSubmission {
  return {
    ...{ file, member, from: 1, to: 1, question, asked: null },
    ...{ callouts: [], notes: [], inline: [] },
  };
}

function notForAll(file: string): ImportWarning {
  return {
    code: 'questions_not_shared',
    file,
    line: 1,
    message: {
      ko: '멤버마다 맡은 질문이 다른 것으로 보아, 문서에 없는 질문을 무응답으로 세지 않았습니다. 모두의 질문이면 빠뜨린 질문도 문서에 적으세요.',
      en: 'members seem to have questions of their own, so a question that is not in a document does not count as unanswered; if they are for everybody, write the skipped ones into the documents too.',
    },
  };
}

/**
 * The questions that are everybody's but are not in a member's documents. A list is everybody's where at least half
 * of the questions taken up have more than one member; without a list, a question is that all others have.
 */
export function skippedQuestions({ members: written, raws, isListed }: AskedOfAll): SkippedQuestions {
  // Names that differ only in capitals are one member's.
  const bySpelling = grouped(written, ({ member }) => member.toLowerCase());
  const members = [...bySpelling.values()].flatMap(([first]) => first ?? []);
  const holders = new Map<string, { question: NumberedText; names: Set<string> }>();
  for (const { question, member } of raws) {
    const known = holders.get(question.text);
    const name = member.toLowerCase();
    if (known) known.names.add(name);
    else holders.set(question.text, { question, names: new Set([name]) });
  }
  const held = [...holders.values()];
  const shared = held.filter(({ names }) => names.size > 1).length;
  const isLacking = held.some(({ names }) => names.size < members.length);
  if (!isLacking || members.length < 2) return { raws: [], warnings: [] };
  if (isListed && shared * 2 < held.length)
    return { raws: [], warnings: members[0] ? [notForAll(members[0].file)] : [] };
  // Who goes by several names may have answered under another one.
  const named = grouped(members, ({ member }) => plainName(member));
  const sure = members.filter(({ member }) => named.get(plainName(member))?.length === 1);
  const isForAll = (names: ReadonlySet<string>) =>
    isListed || (names.size > 1 && names.size === members.length - 1);
  const lacking = held
    .filter(({ names }) => isForAll(names))
    .flatMap(({ question, names }) =>
      sure.filter(({ member }) => !names.has(member.toLowerCase())).map((own) => skipped(own, question)),
    );
  return { raws: lacking, warnings: [] };
}
