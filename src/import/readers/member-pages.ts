import { InputError } from '../../core/errors.ts';
import { counted } from '../../core/plural.ts';
import { answersByNumber } from '../answers-by-number.ts';
import { onlyLinkIn } from '../document-links.ts';
import { pageTitle, roleOfName } from '../document-roles.ts';
import { asWritten, type MemberNaming, memberNaming } from '../member-naming.ts';
import { type MemberSet, memberSets } from '../member-sets.ts';
import { type PageWords, pageWords } from '../page-words.ts';
import { withPlainQuestions } from '../plain-questions.ts';
import { isAsked, numberedKey, questionKey } from '../question-key.ts';
import { type ReadableSet, readSet } from '../read-member-set.ts';
import type { ChapterReader, Recognition, SourceDocument } from '../reader.ts';
import { isOfOne, listedQuestions } from '../set-key.ts';
import { sharedQuestions } from '../shared-questions.ts';
import { type TakenApart, takeDocument } from '../take-document.ts';

function titleOf({ title, questions }: MemberSet): string {
  const own = questions.map(pageTitle).find((name) => name !== null && roleOfName(name) === 'member');
  return own?.replace(/\s*[-–:]?\s*(?:questions?|질문(?:지|\s*목록)?|문제(?:지)?)$/iu, '') ?? title;
}

/** Takes documents apart once, in whatever sets they stand. */
type Taker = (document: SourceDocument) => TakenApart;

function taker(): Taker {
  const known = new Map<SourceDocument, TakenApart>();
  return (document) => {
    const taken = known.get(document) ?? withPlainQuestions(takeDocument(document));
    known.set(document, taken);
    return taken;
  };
}

/** What a person said of names and icons. */
interface Known {
  naming: MemberNaming;
  words: PageWords;
}

/** null where too few documents answer questions that they share, or that another document lists. */
function readableSet(set: MemberSet, take: Taker, { naming, words }: Known): ReadableSet | null {
  const candidates = set.members
    .filter(({ name }) => naming.isName(name))
    .map(({ document, name }) => ({ name: asWritten(name, naming), document, taken: take(document) }));
  const [questions, answers] = [set.questions.map(take), set.answers.map(take)];
  const parent = set.parent && take(set.parent);
  const above = (parent?.places ?? []).filter(
    ({ written }) => onlyLinkIn(written) === null && isAsked(written),
  );
  const listed = [...questions, ...answers, { places: above }].flatMap(listedQuestions);
  const key =
    listed.length > 0
      ? numberedKey(questionKey(listed))
      : questionKey(sharedQuestions(candidates.map(({ taken }) => taken)));
  if (key.questions.length === 0) return null;
  const members = candidates.filter(
    ({ name, taken }) =>
      isOfOne(taken, key, name) || (set.questions.length > 0 && answersByNumber(taken, key, name).length > 0),
  );
  if (members.length < (listed.length > 0 ? 1 : 2)) return null;
  const own = new Set(members.map(({ document }) => document));
  return {
    title: titleOf(set),
    key,
    isListed: listed.length > 0,
    words,
    members,
    questions,
    answers,
    parent,
    others: [
      ...set.others.map(take),
      ...set.members.filter(({ document }) => !own.has(document)).map(({ document }) => take(document)),
    ],
  };
}

/** How sure it is of a set: a list of questions speaks for it, documents without any of them against it. */
function surenessOf({ isListed, members, others }: ReadableSet): number {
  return 0.7 + (isListed ? 0.1 : 0) + 0.15 * (members.length / (members.length + others.length));
}

function filesOf({ members, questions, answers, parent, others }: ReadableSet): string[] {
  const all = [
    ...(parent ? [parent] : []),
    ...questions,
    ...members.map(({ taken }) => taken),
    ...answers,
    ...others,
  ];
  return all.map(({ file }) => file);
}

/** What is said of questions above several chapters, where nothing else tells the questions. */
function unclearQuestions(sets: readonly MemberSet[]): Recognition | null {
  const open = sets.filter(({ unclear = [] }) => unclear.length > 0);
  const [file] = open.flatMap(({ unclear = [] }) => unclear.map((document) => document.file));
  if (file === undefined) return null;
  const chapters = open.map(({ title }) => title).join(', ');
  const members = open.flatMap((set) => set.members.map(({ document }) => document.file));
  const why = {
    ko: `멤버마다 폴더가 있고 단원이 여럿(${chapters})인데 질문 파일은 하나뿐이어서 어느 질문이 어느 단원의 것인지 알 수 없습니다. 질문을 단원마다 questions/${open[0]?.title ?? ''}.md처럼 나누어 적으세요.`,
    en: `every member has a folder with several chapters (${chapters}), but there is one file of questions, so which are whose cannot be told; write those of each chapter into a file such as questions/${open[0]?.title ?? ''}.md.`,
  };
  return {
    sureness: 0.7,
    why,
    files: [file, ...members],
    read() {
      throw new InputError(why, { place: { file } });
    },
  };
}

/** A page or a file of each member, with the questions as headings or bullets; a page of model answers among them. */
export const memberPages: ChapterReader = {
  name: 'member-pages',
  about: {
    ko: '멤버마다 문서가 하나씩 있고 그 안에 질문이 있는 폴더',
    en: 'a document for each member, with the questions inside',
  },
  recognise(documents, hints): Recognition | null {
    if (documents.length < 2) return null;
    const known = { naming: memberNaming(hints), words: pageWords(hints) };
    const take = taker();
    const possible = memberSets(documents);
    const sets = possible.map((set) => readableSet(set, take, known)).filter((set) => set !== null);
    if (sets.length === 0) return unclearQuestions(possible);
    const members = sets.reduce((sum, set) => sum + set.members.length, 0);
    const questions = sets.reduce((sum, { key }) => sum + key.questions.length, 0);
    return {
      sureness: sets.reduce((sum, set) => sum + surenessOf(set), 0) / sets.length,
      why: {
        ko: `멤버의 문서 ${members}개에 질문 ${questions}개가 있습니다.`,
        en: `the documents of ${counted(members, 'member')}, with ${counted(questions, 'question')}.`,
      },
      files: [...new Set(sets.flatMap(filesOf))],
      read: () => sets.map(readSet),
    };
  },
};
