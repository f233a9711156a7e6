import type { ImportWarning } from '../core/chapter.ts';
import { foldLetters } from '../core/fold.ts';
import { assembleChapter } from './chapter-parts.ts';
import { distinctNames } from './distinct-names.ts';
import { bareName } from './document-links.ts';
import { memberOfName, roleOfName } from './document-roles.ts';
import { LineUses } from './line-uses.ts';
import type { ModelAnswer } from './model-answers.ts';
import { plainName } from './names.ts';
import { lackingModelAnswers } from './page-warnings.ts';
import { type FolderSet, memberIn, type QuestionFolder, stemOf } from './question-folders.ts';
import { numbersOf } from './question-key.ts';
import type { RawSubmission } from './read-item.ts';
import type { ReadChapter, SourceDocument } from './reader.ts';
import { leaveOut } from './set-key.ts';
import { skippedQuestions } from './skipped-questions.ts';
import { sliceLines } from './slice.ts';
import { takeDocument } from './take-document.ts';
import { rawOf, textRun } from './whole-answer.ts';

interface FolderReading {
  raws: RawSubmission[];
  answer: ModelAnswer;
  warnings: ImportWarning[];
}

/**
 * The members whose files are in a folder, by their files.
 * @throws InputError when two files are of one member
 */
function membersOf(documents: readonly SourceDocument[], set: FolderSet): Map<SourceDocument, string> {
  const own = documents.flatMap((document) => {
    const plain = roleOfName(stemOf(document, set.naming)) === 'member' ? memberIn(document, set) : null;
    if (plain === null) return [];
    const written = memberOfName(bareName(document.path));
    // What is a name only with what stands around it is told apart by that.
    return [{ document, name: plainName(written) === plain ? written : plain, file: document.file }];
  });
  const members = distinctNames(own);
  return new Map(own.map(({ document }, index) => [document, members[index] ?? '']));
}

function readFolder(
  { question, documents }: QuestionFolder,
  set: FolderSet,
  uses: Map<string, LineUses>,
): FolderReading {
  const raws: RawSubmission[] = [];
  const warnings: ImportWarning[] = [];
  let answer: ModelAnswer | null = null;
  const members = membersOf(documents, set);
  for (const document of documents) {
    const taken = takeDocument(document);
    const own = new LineUses(taken.lines);
    uses.set(document.file, own);
    const role = roleOfName(stemOf(document, set.naming));
    const member = members.get(document) ?? null;
    if (member === null && role !== 'answers') {
      warnings.push(leaveOut(taken, own));
      continue;
    }
    const repeated = new Set(
      [question.text, bareName(document.path), member ?? stemOf(document, set.naming)].map(foldLetters),
    );
    const run = textRun(taken, { from: 1, to: taken.source.length }, repeated);
    own.mark({ from: 1, to: run.from - 1 }, { role: 'question' });
    if (member !== null) raws.push(rawOf(taken, run, { member, question }));
    else
      answer ??= {
        ...{ file: document.file, no: question.no, question: question.text, line: 1 },
        ...{ text: sliceLines(taken.source, run, run.indent), body: run },
      };
  }
  const without = { no: question.no, question: question.text, text: '', line: 1, body: { from: 1, to: 0 } };
  return { raws, warnings, answer: answer ?? { ...without, file: raws[0]?.file ?? '' } };
}

/**
 * Reads the folders of a chapter.
 * @throws InputError when two files in a folder are of one member
 */
export function readFolders(set: FolderSet): ReadChapter {
  const { title, folders } = set;
  const uses = new Map<string, LineUses>();
  const readings = folders.map((folder) => readFolder(folder, set, uses));
  const numbers = numbersOf(folders.map(({ question }) => question));
  const numberOf = (index: number) => numbers[index] ?? null;
  const answers = readings.map(({ answer }, index) => ({ ...answer, no: numberOf(index) }));
  const [file = ''] = uses.keys();
  const raws = readings.flatMap((reading, index) =>
    reading.raws.map((raw) => ({ ...raw, question: { ...raw.question, no: numberOf(index) } })),
  );
  const files = new Map([...raws].reverse().map((raw) => [raw.member, raw.file]));
  const members = [...files].reverse().map(([member, own]) => ({ member, file: own }));
  const skipped = skippedQuestions({ members, raws, isListed: true });
  return assembleChapter({
    title,
    raws: [...raws, ...skipped.raws],
    answers,
    warnings: [
      ...readings.flatMap(({ warnings }) => warnings),
      ...skipped.warnings,
      ...lackingModelAnswers(answers, file),
    ],
    uses,
  });
}
