import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readDocument } from '../../src/import/read-documents.ts';
import { indented } from './fixtures/pages.ts';

const people = ['윤가람', '도해솔', '마루비', '서나래'];
const tasks = ['캐시는 왜 쓰나요?', '색인은 무엇을 빠르게 하나요?', '잠금은 언제 거나요?'];

/** What one member wrote on one question; every text carries both in a word of its own. */
interface Work {
  member: number;
  task: number;
  text: string;
}

const shapes: ((word: string) => string)[] = [
  (word) => `${word} 때문입니다.`,
  (word) => `- ${word}\n- ${word} 다음`,
  (word) => `**굵게** 시작하는 ${word}`,
  (word) => `예시: ${word}\n\n그리고 ${word}`,
  (word) => `\`\`\`\n# ${word}\n<aside>\n\`\`\``,
  (word) => `> ${word}\n\n${word} 뒤`,
  (word) => `1. ${word}\n2. ${word}`,
  (word) => `| 가 | 나 |\n| --- | --- |\n| ${word} | 다 |`,
];
const wordOf = ({ member, task }: Pick<Work, 'member' | 'task'>) => `낱말m${member}q${task}`;

const works = fc
  .tuple(
    fc.integer({ min: 2, max: people.length }),
    fc.integer({ min: 2, max: tasks.length }),
    fc.array(fc.nat(shapes.length - 1), { minLength: 12, maxLength: 12 }),
  )
  .map(([members, questions, chosen]): Work[] =>
    Array.from({ length: members * questions }, (_, index) => {
      const place = { member: index % members, task: Math.floor(index / members) };
      return { ...place, text: shapes[chosen[index] ?? 0]?.(wordOf(place)) ?? '' };
    }),
  );

/** Ways to write an answer below its question, by what both look like. */
const below: Record<string, (asked: string, no: number, text: string) => string> = {
  callouts: (asked, _, text) => `- ${asked}\n\n${indented(`<aside>\n💡\n\n${text}\n\n</aside>`)}\n`,
  'callouts at the left': (asked, _, text) => `- ${asked}\n\n<aside>\n💡\n\n${text}\n\n</aside>\n`,
  'plain bullets': (asked, _, text) => `- ${asked}\n\n${indented(text)}\n`,
  details: (asked, _, text) => `<details>\n<summary>${asked}</summary>\n\n${text}\n\n</details>\n`,
  'interface callouts': (asked, _, text) =>
    `- ${asked}\n    ::: callout {icon="💡"}\n${indented(indented(text))}\n    :::\n`,
  headings: (asked, no, text) => `### ${no}. ${asked}\n\n${text}\n`,
  'bold lines': (asked, no, text) => `**${no}. ${asked}**\n\n${text}\n`,
  'Q and A': (asked, no, text) => `Q${no}. ${asked}\n\n답:\n\n${text}\n`,
};
const labels: Record<string, (name: string, text: string) => string> = {
  headings: (name, text) => `### ${name}\n\n${text}\n`,
  bullets: (name, text) => `- ${name}\n\n${indented(text)}\n`,
  details: (name, text) => `<details>\n<summary>${name}</summary>\n\n${text}\n\n</details>\n`,
  'bold labels': (name, text) => `**${name}**:\n\n${text}\n`,
};

function byMember(all: readonly Work[], write: (typeof below)[string]): string {
  const parts = people.flatMap((name, member) => {
    const own = all.filter((work) => work.member === member);
    return own.length === 0
      ? []
      : [`## ${name}\n`, ...own.map(({ task, text }) => write(tasks[task] ?? '', task + 1, text))];
  });
  return ['# 1장\n', ...parts].join('\n');
}

function byQuestion(all: readonly Work[], write: (typeof labels)[string]): string {
  const parts = tasks.flatMap((asked, task) => {
    const own = all.filter((work) => work.task === task);
    return own.length === 0
      ? []
      : [
          `## ${task + 1}. ${asked}\n`,
          ...own.map(({ member, text }) => write(people[member] ?? '', text)),
          '### 정답\n\n아무도 쓰지 않은 글\n',
        ];
  });
  return ['# 1장\n', ...parts].join('\n');
}

/** Who is credited with which words, each with the question. */
function credited(page: string): { whose: string; words: string[] }[] {
  return readDocument({ path: 'a.md', file: 'a.md', text: page }).flatMap(({ chapter }) =>
    chapter.submissions.map(({ member, question, attempts }) => {
      const asked = chapter.questions.find(({ no }) => no === question)?.text ?? '';
      const text = attempts.map((attempt) => attempt.text).join('\n');
      return {
        whose: `m${people.indexOf(member)}q${tasks.indexOf(asked)}`,
        words: [...new Set(text.match(/(?<=낱말)m\dq\d/gu) ?? [])],
      };
    }),
  );
}

const runs = { numRuns: 40 };
const pages: [string, (all: readonly Work[]) => string][] = [
  ...Object.entries(below).map(
    ([name, write]) =>
      [`members, and ${name} below`, (all: readonly Work[]) => byMember(all, write)] satisfies [
        string,
        unknown,
      ],
  ),
  ...Object.entries(labels).map(
    ([name, write]) =>
      [
        `questions, and members as ${name} below`,
        (all: readonly Work[]) => byQuestion(all, write),
      ] satisfies [string, unknown],
  ),
];

describe.each(pages)('a page of %s', (_, write) => {
  test('credits everybody with all that stands in their part and nothing else', () => {
    fc.assert(
      fc.property(works, (all) => {
        const expected = all.map(({ member, task }) => `m${member}q${task}`);
        expect(
          credited(write(all))
            .map(({ whose, words }) => [whose, ...words])
            .sort(),
        ).toEqual(expected.map((place) => [place, place]).sort());
      }),
      runs,
    );
  });

  test('never credits anybody with another part, whatever tags and blank lines it lost', () => {
    fc.assert(
      fc.property(works, fc.infiniteStream(fc.nat(9)), (all, chances) => {
        const damaged = write(all)
          .split('\n')
          .filter((line) => !/^\s*(?:<\/?aside>|<\/details>|:::)?$/u.test(line) || chances.next().value > 2)
          .join('\n');
        const wrong = creditedOrRefused(damaged).filter(({ whose, words }) =>
          words.some((word) => word.slice(0, 2) !== whose.slice(0, 2)),
        );
        expect(wrong).toEqual([]);
      }),
      runs,
    );
  });
});

function creditedOrRefused(page: string): ReturnType<typeof credited> {
  try {
    return credited(page);
  } catch {
    return [];
  }
}
