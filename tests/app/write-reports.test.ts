import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type GradingResult, gradeChapter } from '../../src/app/grade-chapter.ts';
import { studyListFor, writeReports } from '../../src/app/write-reports.ts';
import type { Chapter } from '../../src/core/chapter.ts';
import { StoreError } from '../../src/core/errors.ts';
import { createOfflineJudge } from '../../src/judge/offline-judge.ts';
import { createRunControl } from '../../src/judge/run-control.ts';
import { createMemoryStore } from '../../src/store/memory-store.ts';
import { memoryFiles } from '../helpers/memory-files.ts';
import { loadedRubric, sampleChapter } from '../helpers/sample-material.ts';

function graded(chapter: Chapter = sampleChapter()): Promise<GradingResult> {
  return gradeChapter({
    chapter,
    file: '03장.md',
    rubric: loadedRubric(),
    judge: createOfflineJudge(chapter.questions.flatMap(({ modelAnswer }) => modelAnswer ?? [])),
    language: 'ko',
    store: createMemoryStore(),
    control: createRunControl(),
    now: () => new Date('2026-11-01T00:00:00Z'),
  });
}

/** The sample chapter with other members. */
function withMembers(...names: string[]): Chapter {
  const chapter = sampleChapter();
  const own = new Map(
    [...new Set(chapter.submissions.map(({ member }) => member))].map((member, index) => [
      member,
      names[index] ?? member,
    ]),
  );
  for (const submission of chapter.submissions) submission.member = own.get(submission.member) ?? '';
  return chapter;
}

async function write(chapter?: Chapter) {
  const files = memoryFiles();
  const result = await graded(chapter);
  const reports = await writeReports(result, '/out', files);
  const read = (name: string) => files.written.get(resolve(reports.folder, name)) ?? '';
  return { result, reports, files, read };
}

describe('writeReports', () => {
  it('writes the page, scoreboard, study list, grades and a page for each member', async () => {
    const { reports, files } = await write();
    expect(reports).toEqual({
      folder: join('/out', '03장-인덱스'),
      files: [
        'index.html',
        'scoreboard.md',
        'study-list.md',
        'grades.json',
        'grades.csv',
        join('feedback', '가람.md'),
        join('feedback', '나래.md'),
        join('feedback', '다온.md'),
      ],
    });
    expect([...files.written.keys()]).toEqual(reports.files.map((name) => resolve(reports.folder, name)));
  });

  it('writes the page without names only when asked, and then without any', async () => {
    const files = memoryFiles();
    const result = await graded();
    const { folder, files: names } = await writeReports(result, '/out', files, undefined, true);
    expect(names.slice(0, 2)).toEqual(['index.html', 'anonymous.html']);
    const page = (name: string) => files.written.get(resolve(folder, name)) ?? '';
    expect(page('index.html')).toContain('가람');
    expect(page('anonymous.html')).not.toMatch(/가람|나래|다온/u);
    expect(page('anonymous.html')).toContain('멤버 1');
  });

  it('gives each member their own grades and nobody else’s', async () => {
    const { read } = await write();
    const page = read(join('feedback', '가람.md'));
    expect(page).toContain('## 2. 트랜잭션의 원자성이란?');
    expect(page).toContain('## 3. 복제는 왜 하는가?');
    expect(page).not.toContain('## 1.');
    expect(page).not.toMatch(/나래|다온/u);
  });

  it('tells no member whose answer is like theirs; the leader’s files do', async () => {
    const chapter = sampleChapter();
    const text =
      '묶인 연산이 전부 반영되거나 하나도 반영되지 않는 것이 원자성이고, 중간에 실패하면 처음 상태로 되돌려서 절반만 된 결과가 남지 않게 한다는 뜻이라고 나는 이해했다.';
    for (const submission of chapter.submissions.filter(({ question }) => question === 2))
      Object.assign(submission, { status: 'answered', attempts: [{ kind: 'first', text }] });
    const { read, result } = await write(chapter);
    expect((await result.grades())[0]?.similarTo).toEqual(['다온']);
    expect(read('grades.csv')).toContain(',다온,');
    expect(read(join('feedback', '가람.md'))).not.toContain('다온');
    expect(read(join('feedback', '다온.md'))).not.toContain('가람');
  });

  it('puts everybody on the scoreboard and says that it is the baseline', async () => {
    const { read } = await write();
    for (const member of ['가람', '나래', '다온']) expect(read('scoreboard.md')).toContain(member);
    expect(read('scoreboard.md')).toContain('오프라인 기준선');
  });

  it('writes the grades that count now as JSON', async () => {
    const { result, read } = await write();
    expect(JSON.parse(read('grades.json'))).toEqual({
      schemaVersion: 1,
      chapter: { id: '03장-인덱스', title: '03장 인덱스' },
      grades: await Array.fromAsync(result.standing.whole()),
      scoreboard: result.scoreboard,
    });
  });

  it('writes the same grades as CSV, for spreadsheets', async () => {
    const { result, read } = await write();
    expect(read('grades.csv').startsWith('\uFEFFchapter,member,question,attempt,state,score,')).toBe(true);
    expect(read('grades.csv').trimEnd().split('\n')).toHaveLength(1 + result.standing.grades.length);
  });

  it('writes grades of earlier runs as well when a run was over a part', async () => {
    const store = createMemoryStore();
    const request = {
      chapter: sampleChapter(),
      file: '03장.md',
      rubric: loadedRubric(),
      judge: createOfflineJudge(['모범답안']),
      language: 'ko' as const,
      store,
      control: createRunControl(),
    };
    await gradeChapter(request);
    const part = await gradeChapter({ ...request, selection: { member: '다온' } });
    const files = memoryFiles();
    const { folder } = await writeReports(part, '/out', files);
    const document = z
      .object({ grades: z.array(z.unknown()) })
      .parse(JSON.parse(files.written.get(resolve(folder, 'grades.json')) ?? ''));
    expect(document.grades).toHaveLength(6);
    expect(files.written.get(resolve(folder, 'feedback', '가람.md'))).toContain('## 2.');
  });

  it.each([
    ['separators', ['a/b', 'c\\d', '../../etc/passwd'], ['a-b', 'c-d', 'etc-passwd']],
    ['spaces', ['Kim Ha Ram', ' 나래 ', '다온'], ['Kim-Ha-Ram', '나래', '다온']],
    ['characters that some systems forbid', ['a:b?', '"c"', '<d>|*'], ['a-b', 'c', 'd']],
    ['dots', ['..', '.hidden', 'e.'], ['chapter', 'hidden', 'e']],
    ['decomposed syllables', ['가람'.normalize('NFD'), '나래', '다온'], ['가람', '나래', '다온']],
    ['names that become equal', ['a/b', 'a:b', 'a b'], ['a-b', 'a-b-2', 'a-b-3']],
    ['a number that is taken', ['a/b', 'a-b-2', 'a:b'], ['a-b', 'a-b-2', 'a-b-3']],
  ])('makes safe file names: %s', async (_name, members, expected) => {
    const { reports, files } = await write(withMembers(...members));
    expect(reports.files.slice(5)).toEqual(expected.map((name) => join('feedback', `${name}.md`)));
    for (const path of files.written.keys()) expect(path.startsWith(resolve('/out/03장-인덱스'))).toBe(true);
    expect(files.written.size).toBe(5 + 3);
  });

  it('throws what cannot be written', async () => {
    const full = new StoreError({ ko: '가득', en: 'full' }, { place: { file: '/out' } });
    const files = { ...memoryFiles(), write: () => Promise.reject(full) };
    await expect(writeReports(await graded(), '/out', files)).rejects.toBe(full);
  });
});

describe('studyListFor', () => {
  it('lists what was missed in the grades that count, ungraded answers left out', async () => {
    const items = await studyListFor(await graded());
    expect(items.map(({ question }) => question)).toContain(4);
    expect(items.map(({ question }) => question)).not.toContain(3);
    expect(items.find(({ question }) => question === 4)).toMatchObject({
      points: [{ missedBy: [{ member: '나래', level: null }], missing: 1 }],
    });
  });
});
