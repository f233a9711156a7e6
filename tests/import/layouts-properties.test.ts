import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readDocuments } from '../../src/import/read-documents.ts';

/** Who answered what; a question that a member was not given is left out. */
interface Group {
  members: string[];
  questions: string[];
  /** By member and question; blank where nothing was handed in. */
  answers: (string | null)[][];
}

const id = (no: number) => no.toString(16).padStart(4, '0').repeat(8);

const group: fc.Arbitrary<Group> = fc
  .record({
    members: fc.shuffledSubarray(['온유', '이든', '하람', 'Noa Kim', '서우', '다온'], { minLength: 2 }),
    questions: fc.shuffledSubarray(
      [
        '샤딩이란 무엇인가요?',
        '왜 복제하나요?',
        '합의는 언제 필요한가요?',
        '시계가 어긋나면 무엇이 틀리나요?',
      ],
      { minLength: 2 },
    ),
    blanks: fc.array(fc.constantFrom('answer', 'answer', 'blank'), { minLength: 24, maxLength: 24 }),
    shapes: fc.array(fc.constantFrom('plain', 'heading', 'list', 'code'), { minLength: 24, maxLength: 24 }),
  })
  .map(({ members, questions, blanks, shapes }) => ({
    members,
    questions,
    answers: members.map((member, row) =>
      questions.map((question, column) => {
        const cell = row * questions.length + column;
        if (blanks[cell] === 'blank') return '';
        const own = `${member} says of ${question.length} letters`;
        if (shapes[cell] === 'heading') return `${own}\n\n#### 덧붙임\n\n끝`;
        if (shapes[cell] === 'list') return `${own}\n\n- 하나\n- 둘`;
        return shapes[cell] === 'code' ? `${own}\n\n\`\`\`sh\n# 온유\n## 왜 복제하나요?\n\`\`\`` : own;
      }),
    ),
  }));

const indented = (text: string) => text.replace(/^/gmu, '    ');

const asSections = ({ questions }: Group, own: readonly (string | null)[]) =>
  questions.map((question, column) => `## ${column + 1}. ${question}\n\n${own[column] ?? ''}\n`).join('\n');

const asBullets = ({ questions }: Group, own: readonly (string | null)[]) =>
  questions
    .map(
      (question, column) =>
        `- ${question}\n    \n    <aside>\n    💡\n    \n${indented(own[column] ?? '')}\n    \n    </aside>\n    \n`,
    )
    .join('');

type Layout = (given: Group) => Record<string, string>;

const layouts: Record<string, Layout> = {
  'pages of members in a Notion export': (given) => ({
    [`4주차 ${id(0)}.md`]: '# 4주차\n',
    [`4주차 ${id(0)}/모범답안 ${id(99)}.md`]: `# 모범답안\n\n${given.questions.map((question, no) => `**${no + 1}. ${question}**\n\n모범 ${no}\n`).join('\n')}`,
    ...Object.fromEntries(
      given.members.map((member, row) => [
        `4주차 ${id(0)}/잘린 이름 ${id(row + 1)}.md`,
        `# ${member} ✅\n\n${row % 2 === 0 ? asBullets(given, given.answers[row] ?? []) : asSections(given, given.answers[row] ?? [])}`,
      ]),
    ),
  }),
  'files of members beside a list of questions': (given) => ({
    'ch4/questions.md': `# 4주차\n\n${asSections(given, [])}`,
    ...Object.fromEntries(
      given.members.map((member, row) => [
        `ch4/${member}-answers.md`,
        asSections(given, given.answers[row] ?? []),
      ]),
    ),
  }),
  'folders of members': (given) => ({
    'questions/chapter-04.md': `# 4주차\n\n${asSections(given, [])}`,
    ...Object.fromEntries(
      given.members.map((member, row) => [
        `answers/${member}/chapter-04.md`,
        `# 4주차\n\n${asSections(given, given.answers[row] ?? [])}`,
      ]),
    ),
  }),
  'folders of questions': (given) =>
    Object.fromEntries(
      given.members.flatMap((member, row) =>
        given.questions.map((question, column) => [
          `4주차/${column + 1}. ${question}/${member}${row % 2 === 0 ? '.md' : ''}`,
          given.answers[row]?.[column] ?? '',
        ]),
      ),
    ),
  'pages of questions': (given) => ({
    [`4주차 ${id(0)}.md`]: '# 4주차\n',
    ...Object.fromEntries(
      given.questions.map((question, column) => [
        `4주차 ${id(0)}/Q ${id(column + 1)}.md`,
        `# Q${column + 1}. ${question}\n\n상태: 완료\n\n${given.members.map((member, row) => `### ${member}\n\n${given.answers[row]?.[column] ?? ''}\n`).join('\n')}\n### 정답\n\n모범 ${column}\n`,
      ]),
    ),
  }),
  'a database with a page of each answer': (given) => ({
    [`4주차 ${id(0)}_all.csv`]: `이름,질문\n${given.members.flatMap((member) => given.questions.map((question) => `${member},${question}\n`)).join('')}`,
    ...Object.fromEntries(
      given.members.flatMap((member, row) =>
        given.questions.map((question, column) => [
          `4주차 ${id(0)}/${member} ${id(100 + ((row * 7 + column * 13) % 97) * 10 + row)}.md`,
          `# ${member}\n\n질문: ${question}\n\n${given.answers[row]?.[column] ?? ''}\n`,
        ]),
      ),
    ),
  }),
};

function expected({ members, questions, answers }: Group): string[] {
  return members
    .flatMap((member, row) =>
      questions.map((question, column) => `${member} | ${question} | ${answers[row]?.[column]}`),
    )
    .sort();
}

describe('who answered what is the same, handed in as', () => {
  it.each(Object.entries(layouts))('%s', (_, layout) => {
    fc.assert(
      fc.property(group, (given) => {
        const texts = Object.entries(layout(given));
        const { chapters, skipped } = readDocuments(
          texts.map(([path, text]) => ({ path, file: path, text })),
        );
        expect(skipped).toEqual([]);
        expect(chapters.map(({ chapter }) => chapter.title)).toEqual(['4주차']);
        const read = chapters.flatMap(({ chapter }) => {
          const asked = new Map(chapter.questions.map(({ no, text }) => [no, text]));
          return chapter.submissions.map(
            ({ member, question, attempts }) =>
              `${member} | ${asked.get(question)} | ${attempts.map(({ text }) => text).join(' + ')}`,
          );
        });
        expect(read.sort()).toEqual(expected(given));
      }),
      { numRuns: 60 },
    );
  });
});
