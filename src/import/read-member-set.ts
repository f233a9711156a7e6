import type { ImportWarning } from '../core/chapter.ts';
import { assembleChapter } from './chapter-parts.ts';
import { distinctNames } from './distinct-names.ts';
import { onlyLinkIn } from './document-links.ts';
import { LineUses } from './line-uses.ts';
import { type MemberReading, readMemberDocument } from './member-document.ts';
import type { ModelAnswer } from './model-answers.ts';
import { lackingModelAnswers } from './page-warnings.ts';
import type { PageWords } from './page-words.ts';
import type { QuestionKey } from './question-key.ts';
import type { RawSubmission } from './read-item.ts';
import type { ReadChapter } from './reader.ts';
import { answeredKey, leaveOut, markListed, modelAnswersIn, placeholdersOf } from './set-key.ts';
import { skippedQuestions } from './skipped-questions.ts';
import type { TakenApart } from './take-document.ts';

/** A member's document. */
interface MemberPage {
  name: string;
  taken: TakenApart;
}

/** A set of which it is known what its questions are. */
export interface ReadableSet {
  title: string;
  key: QuestionKey;
  /** Whether a document lists the questions. */
  isListed: boolean;
  words: PageWords;
  members: MemberPage[];
  questions: TakenApart[];
  answers: TakenApart[];
  parent: TakenApart | null;
  others: TakenApart[];
}

function markParent({ source, title, places, file }: TakenApart, uses: LineUses): ImportWarning[] {
  if (title) uses.mark({ from: title.line, to: title.line }, { role: 'title' });
  const asked = new Set(places.filter(({ written }) => onlyLinkIn(written) === null).map(({ from }) => from));
  let ignored: number | null = null;
  for (const [index, text] of source.entries()) {
    const [line, range] = [index + 1, { from: index + 1, to: index + 1 }];
    if (text.trim() === '' || line === title?.line) continue;
    if (onlyLinkIn(text) !== null) uses.mark(range, { role: 'heading' });
    else if (asked.has(line)) uses.mark(range, { role: 'question' });
    else {
      ignored ??= line;
      uses.mark(range, { role: 'ignored' });
    }
  }
  if (ignored === null) return [];
  return [
    {
      code: 'text_ignored',
      file,
      line: ignored,
      message: {
        ko: '멤버 페이지의 위 페이지에 있는 글은 답으로 읽지 않았습니다.',
        en: "text on the page above the members' pages was not read as an answer.",
      },
    },
  ];
}

/** The model answers that stand below members' questions, the first of each last; a guess is told where it stands. */
function modelsBelow(raws: readonly RawSubmission[]): ModelAnswer[] {
  return raws
    .flatMap(({ models = [] }) => models)
    .map(({ isGuess: _, ...answer }) => answer)
    .reverse();
}

/**
 * Reads the documents of a chapter.
 * @throws InputError when two of them bear the very same name
 */
export function readSet(set: ReadableSet): ReadChapter {
  const { key, members, questions, answers, parent, others, title, words } = set;
  const names = distinctNames(members.map(({ name, taken: { file } }) => ({ name, file })));
  const placeholders = new Set(questions.flatMap((taken) => [...placeholdersOf(taken)]));
  const readings = members.map((page, index): { page: MemberPage; reading: MemberReading } => {
    const member = names[index] ?? page.name;
    return { page, reading: readMemberDocument(page.taken, { member, key, words, placeholders }) };
  });
  const written = answers.flatMap((taken) => modelAnswersIn(taken, key));
  const listed = [...questions, ...(parent ? [parent] : []), ...members.map(({ taken }) => taken)];
  const documents = [...(parent ? [parent] : []), ...questions, ...members.map(({ taken }) => taken)];
  const uses = new Map(
    [...documents, ...answers, ...others].map((taken) => [taken.file, new LineUses(taken.lines)]),
  );
  const warnings: ImportWarning[] = [];
  const mark = (taken: TakenApart, work: (own: LineUses) => ImportWarning[]) => {
    const own = uses.get(taken.file);
    if (own) warnings.push(...work(own));
  };
  if (parent) mark(parent, (own) => markParent(parent, own));
  for (const { page, reading } of readings)
    mark(page.taken, (own) => {
      for (const { range, use } of reading.marks) own.mark(range, use);
      return reading.warnings;
    });
  for (const taken of answers)
    mark(taken, (own) => {
      const { title: heading } = taken;
      if (heading) own.mark({ from: heading.line, to: heading.line }, { role: 'title' });
      return [];
    });
  for (const taken of others) mark(taken, (own) => [leaveOut(taken, own)]);
  for (const taken of questions)
    mark(taken, (own) => {
      markListed(taken, own);
      return [];
    });
  const raws = readings.flatMap(({ reading }) => reading.raws);
  const known = answeredKey(key, [...modelsBelow(raws), ...written], listed);
  const skipped = skippedQuestions({
    members: members.map(({ name, taken: { file } }, index) => ({ member: names[index] ?? name, file })),
    raws,
    isListed: set.isListed,
  });
  return assembleChapter({
    title,
    raws: [...raws, ...skipped.raws],
    answers: known,
    warnings: [...warnings, ...skipped.warnings, ...lackingModelAnswers(known, documents[0]?.file ?? '')],
    uses,
  });
}
