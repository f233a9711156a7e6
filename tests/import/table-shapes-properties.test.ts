import { stringify } from 'csv-stringify/sync';
import fc from 'fast-check';
import iconv from 'iconv-lite';
import { describe, expect, test } from 'vitest';
import type { Chapter } from '../../src/core/chapter.ts';
import { readDocument } from '../../src/import/read-documents.ts';
import { readTable } from '../../src/import/read-table.ts';

/** A group's answers: `answers[question][member]`, blank where there is none. */
interface Work {
  members: string[];
  questions: string[];
  answers: string[][];
  models: string[];
}

/** What both directions and the long form have to give back. */
interface Shown {
  questions: [no: number, text: string, model: string | null][];
  answers: Record<string, string>;
}

const names = ['노을', '은하', '가온', 'Rowan', 'Ida Moss', '보리'];
const signs = [
  '가',
  '답',
  'a',
  ' ',
  ',',
  ';',
  '\t',
  '|',
  '"',
  "'",
  '\n',
  '=1+2',
  '+',
  '-',
  '@',
  '<br>',
  '#',
  '1. ',
];
/** A text as an importer gives it back: no white space at the ends of lines, nothing blank around it. */
const text = fc.array(fc.constantFrom(...signs), { maxLength: 8 }).map((parts) =>
  parts
    .join('')
    .replace(/[ \t]+(?=\n|$)/gu, '')
    .replace(/^\s+|\s+$/gu, ''),
);
const answer = fc.oneof(
  text.map((own) => (own === '' ? own : `뜻 ${own} 끝`)),
  fc.constantFrom('=1+2', '+82', '-5', '@가온', '=HYPERLINK("https://example.test","여기")', "'=1"),
);
const question = text.map((own) => `${own.replaceAll('1. ', '')} 무엇인가요?`.trim());

const work: fc.Arbitrary<Work> = fc
  .tuple(fc.integer({ min: 2, max: 4 }), fc.integer({ min: 1, max: 4 }), fc.boolean())
  .chain(([members, questions, hasModels]) =>
    fc.record({
      members: fc.shuffledSubarray(names, { minLength: members, maxLength: members }),
      questions: fc
        .array(question, { minLength: questions, maxLength: questions })
        .map((all) => all.map((own, index) => `${index + 1}. 주제${index}의 ${own}`)),
      // The first question has everybody's answer, so that none is taken to be dealt out.
      answers: fc
        .array(fc.array(answer, { minLength: members, maxLength: members }), {
          minLength: questions,
          maxLength: questions,
        })
        .map((all) => all.map((row, index) => (index === 0 ? row.map((own) => own || '뜻') : row))),
      models: fc
        .array(answer, { minLength: questions, maxLength: questions })
        .map((all) => all.map((own, index) => (hasModels && own !== '' ? `본보기 ${index} ${own}` : ''))),
    }),
  );

/** Columns in any order. */
function shuffled(rows: string[][], order: readonly number[]): string[][] {
  const width = rows[0]?.length ?? 0;
  const places = Array.from({ length: width }, (_, index) => index).sort(
    (a, b) => (order[a % order.length] ?? 0) - (order[b % order.length] ?? 0) || a - b,
  );
  return rows.map((row) => places.map((place) => row[place] ?? ''));
}

function long({ members, questions, answers, models }: Work): string[][] {
  return [
    ['이름', '질문', '답변', '모범답안'],
    ...questions.flatMap((own, no) =>
      members.map((member, index) => [member, own, answers[no]?.[index] ?? '', models[no] ?? '']),
    ),
  ];
}

/** The model answers in rows of their own, behind those of the members. */
function longWithModelRows(own: Work): string[][] {
  const rows = long(own).map((row) => row.slice(0, 3));
  return [...rows, ...own.questions.map((asked, index) => ['모범답안', asked, own.models[index] ?? ''])];
}

function down({ members, questions, answers, models }: Work): string[][] {
  return [
    ['이름', ...questions],
    ...members.map((member, index) => [member, ...answers.map((row) => row[index] ?? '')]),
    ['모범답안', ...models],
  ];
}

function across(own: Work): string[][] {
  const rows = down(own);
  const turned = (rows[0] ?? []).map((_, column) => rows.map((row) => row[column] ?? ''));
  return turned.map((row, index) => (index === 0 ? ['질문', ...row.slice(1)] : row));
}

function form(own: Work): string[][] {
  return down(own).map((row, index) =>
    index === 0 ? ['타임스탬프', ...row] : [`2026-01-0${index} 10:00:00`, ...row],
  );
}

const shapes = { long, longWithModelRows, down, across, form };

function shown({ questions, submissions }: Chapter): Shown {
  return {
    questions: questions.map(({ no, text: own, modelAnswer }) => [no, own, modelAnswer]),
    answers: Object.fromEntries(
      submissions.map(({ member, question: no, attempts }) => [`${member} ${no}`, attempts[0]?.text ?? '']),
    ),
  };
}

function expected({ members, questions, answers, models }: Work): Shown {
  const isBlank = (own: string) => own === '';
  return {
    questions: questions.map((own, index) => {
      const model = models[index] ?? '';
      return [index + 1, own.replace(/^\d+\.\s*/u, ''), isBlank(model) ? null : model];
    }),
    answers: Object.fromEntries(
      answers.flatMap((row, no) => members.map((member, index) => [`${member} ${no + 1}`, row[index] ?? ''])),
    ),
  };
}

const encodings = {
  'UTF-8': (own: string) => Buffer.from(own),
  'UTF-8 with a mark': (own: string) => Buffer.from(`\uFEFF${own}`),
  CP949: (own: string) => iconv.encode(own, 'cp949'),
  'UTF-16 LE': (own: string) => iconv.encode(own, 'utf-16le', { addBOM: true }),
  'UTF-16 BE': (own: string) => iconv.encode(own, 'utf-16be', { addBOM: true }),
};

async function readBytes(bytes: Uint8Array): Promise<Chapter> {
  const read = await readTable(async function* () {
    for (let from = 0; from < bytes.length; from += 50) yield bytes.subarray(from, from + 50);
  }, '1장.csv');
  expect(read).toHaveLength(1);
  return read[0]!.chapter;
}

describe('a table of members, questions and texts', () => {
  test.each(Object.keys(shapes) as (keyof typeof shapes)[])(
    'is read back the same from the shape %s, in each delimiter and encoding and any order of columns',
    async (shape) => {
      await fc.assert(
        fc.asyncProperty(
          work,
          fc.constantFrom(',', ';', '\t', '|'),
          fc.constantFrom(...(Object.keys(encodings) as (keyof typeof encodings)[])),
          fc.constantFrom('\n', '\r\n'),
          fc.boolean(),
          fc.array(fc.nat(9), { minLength: 1, maxLength: 7 }),
          async (own, delimiter, encoding, lineEnd, quoted, order) => {
            const rows = shapes[shape](own);
            // Numbers fix the order of questions, so a column may stand anywhere.
            const written = stringify(shuffled(rows, order), {
              delimiter,
              record_delimiter: lineEnd,
              quoted,
              quoted_match: /\n/u,
            });
            expect(shown(await readBytes(encodings[encoding](written)))).toEqual(expected(own));
          },
        ),
        { numRuns: 150 },
      );
    },
  );

  test.each(['down', 'across'] as const)('is read back the same from a Markdown table, %s', (shape) => {
    fc.assert(
      fc.property(work, (own) => {
        const cell = (written: string) => written.replaceAll('|', '\\|').replaceAll('\n', '<br>');
        const [header = [], ...rows] = shapes[shape](own).map((row) => row.map(cell));
        const lines = [header, header.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`);
        const page = `# 1장\n\n${lines.join('\n')}\n`;
        const [read] = readDocument({ path: '1장.md', file: '1장.md', text: page });
        // A page has no other way to write a line end.
        const plain: Work = JSON.parse(JSON.stringify(own).replaceAll('<br>', '\\n'));
        const trimmed = (texts: string[]) =>
          texts.map((written) => written.replace(/[ \t]+(?=\n|$)/gu, '').trim());
        expect(shown(read!.chapter)).toEqual(
          expected({
            ...plain,
            questions: trimmed(plain.questions),
            answers: plain.answers.map(trimmed),
            models: trimmed(plain.models),
          }),
        );
      }),
      { numRuns: 150 },
    );
  });
});
