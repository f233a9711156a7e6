import type { ImportWarning, Submission } from '../core/chapter.ts';
import { InputError } from '../core/errors.ts';
import { inOrder } from './chapter-parts.ts';
import type { ChapterWithReading } from './choose-reader.ts';
import { type LinkedDocuments, linkedDocuments, onlyLinkIn } from './document-links.ts';
import { LineUses } from './line-uses.ts';
import type { RawSubmission } from './read-item.ts';
import type { SourceDocument } from './reader.ts';
import { type LineRange, sliceLines, trimRange } from './slice.ts';
import { readSubmission } from './submissions.ts';

/** A submission whose answer stands on a page of its own. */
interface LinkedAnswer {
  submission: Submission;
  page: SourceDocument;
}

/** What stands on a page below its title. */
function bodyOf(lines: readonly string[]): LineRange {
  const first = lines.findIndex((line) => line.trim() !== '');
  const hasTitle = /^#\s/u.test(lines[first] ?? '');
  return trimRange({ from: first + (hasTitle ? 2 : 1), to: lines.length }, lines);
}

function linkedAnswers(
  { chapter, file }: ChapterWithReading,
  documents: LinkedDocuments,
  paths: ReadonlyMap<string, string>,
): LinkedAnswer[] {
  return chapter.submissions.flatMap((submission) => {
    const target = onlyLinkIn(submission.attempts[0]?.text ?? '');
    if (target === null) return [];
    const own = submission.file ?? file;
    const page = documents.find(target, paths.get(own) ?? own);
    return page && page.file !== own ? [{ submission, page }] : [];
  });
}

function readLinked({ submission, page }: LinkedAnswer, modelAnswer: string | null) {
  const lines = page.text.split('\n');
  const body = bodyOf(lines);
  const [from, to] = submission.lines;
  const [, ...rest] = submission.attempts;
  const raw: RawSubmission = {
    file: page.file,
    member: submission.member,
    from,
    to,
    question: { no: submission.question, text: '' },
    asked: null,
    callouts: [{ from, to, role: 'answer', text: sliceLines(lines, body, 0), closed: true }],
    notes: rest.map(({ text }) => ({ from: to, to, text })),
    inline: [],
  };
  const uses = new LineUses(lines);
  uses.mark({ from: 1, to: body.from - 1 }, { role: 'title' });
  uses.mark(body, { role: 'answer', member: submission.member, question: submission.question });
  uses.finish();
  return { read: readSubmission(raw, submission.question, modelAnswer), uses };
}

function followed({ submission, page }: LinkedAnswer, file: string): ImportWarning {
  const { question, member, lines } = submission;
  return {
    code: 'answer_on_sub_page',
    file,
    line: lines[0],
    message: {
      ko: `${question}번 ${member}: 링크한 페이지(${page.file})의 글을 답으로 읽었습니다.`,
      en: `question ${question}, ${member}: the page that is linked (${page.file}) is read as the answer.`,
    },
  };
}

function ofSeveral({ submission, page }: LinkedAnswer, file: string): ImportWarning {
  const { question, member, lines } = submission;
  return {
    code: 'sub_page_of_several',
    file,
    line: lines[0],
    message: {
      ko: `${question}번 ${member}: ${page.file}을(를) 여러 답이 가리켜 누구의 답인지 알 수 없습니다. 답마다 자기 페이지를 두세요.`,
      en: `question ${question}, ${member}: several answers lead to ${page.file}, so whose it is cannot be told; give each answer a page of its own.`,
    },
  };
}

function nobodys(file: string): InputError {
  return new InputError(
    {
      ko: '여러 답이 이 페이지를 가리켜 누구의 답인지 알 수 없습니다. 답마다 자기 페이지를 두세요.',
      en: 'several answers lead to this page, so whose it is cannot be told; give each answer a page of its own.',
    },
    { place: { file } },
  );
}

/** Every line of a submission. */
function placesOf({ lines: [from, to], file }: Submission, chapterFile: string): string[] {
  return Array.from({ length: to - from + 1 }, (_, index) => `${file ?? chapterFile}:${from + index}`);
}

/** A chapter with the answers that its links lead to; every place names its document then. */
function withLinked(
  read: ChapterWithReading,
  linked: readonly LinkedAnswer[],
  counts: ReadonlyMap<string, number>,
): ChapterWithReading {
  const { chapter, file } = read;
  const modelAnswers = new Map(chapter.questions.map(({ no, modelAnswer }) => [no, modelAnswer]));
  const uses = new Map(read.uses);
  const replaced = new Map<Submission, Submission>();
  const fresh: ImportWarning[] = [];
  const pages = new Set<string>();
  for (const own of linked) {
    const { submission, page } = own;
    const where = submission.file ?? file;
    if ((counts.get(page.file) ?? 0) > 1) {
      fresh.push(ofSeveral(own, where));
      continue;
    }
    const result = readLinked(own, modelAnswers.get(submission.question) ?? null);
    uses.set(page.file, result.uses);
    pages.add(page.file);
    replaced.set(submission, { ...result.read.submission, file: where });
    fresh.push(followed(own, where), ...result.read.warnings.map((warning) => ({ ...warning, file: where })));
  }
  const covered = new Set([...replaced.keys()].flatMap((own) => placesOf(own, file)));
  const isOutdated = (warning: ImportWarning) =>
    warning.code === 'not_gradable' && covered.has(`${warning.file ?? file}:${warning.line}`);
  const isRead = ({ code, file: page }: ImportWarning) =>
    code === 'document_ignored' && page !== undefined && pages.has(page);
  const kept = chapter.warnings
    .filter((warning) => !isOutdated(warning) && !isRead(warning))
    .map((warning) => ({ ...warning, file: warning.file ?? file }));
  return {
    ...read,
    uses,
    chapter: {
      ...chapter,
      submissions: chapter.submissions.map(
        (submission) => replaced.get(submission) ?? { ...submission, file: submission.file ?? file },
      ),
      warnings: inOrder([...kept, ...fresh], [...uses.keys()]),
    },
  };
}

interface Followed {
  chapters: ChapterWithReading[];
  /** The documents that were read as the answer that links to them. */
  followed: ReadonlySet<string>;
  /** The documents that several answers link to, and why they are nobody's. */
  shared: ReadonlyMap<string, InputError>;
}

/**
 * Reads the answers that are links to other documents from there.
 * @param documents everything that was handed in
 */
export function followLinks(
  chapters: readonly ChapterWithReading[],
  documents: readonly SourceDocument[],
): Followed {
  const index = linkedDocuments(documents);
  const paths = new Map(documents.map(({ file, path }) => [file, path]));
  const linked = chapters.map((read) => linkedAnswers(read, index, paths));
  const counts = new Map<string, number>();
  for (const { page } of linked.flat()) counts.set(page.file, (counts.get(page.file) ?? 0) + 1);
  const files = [...counts.keys()];
  const shared = files.filter((file) => (counts.get(file) ?? 0) > 1);
  return {
    chapters: chapters.map((read, position) => {
      const own = linked[position] ?? [];
      return own.length === 0 ? read : withLinked(read, own, counts);
    }),
    followed: new Set(files).difference(new Set(shared)),
    shared: new Map(shared.map((file) => [file, nobodys(file)])),
  };
}
