import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type LintSources, lintRubricFile } from '../../src/app/lint-rubric.ts';
import { answerHashOf } from '../../src/app/plan.ts';
import { storedChapterOf } from '../../src/app/standing.ts';
import type { Chapter, Submission } from '../../src/core/chapter.ts';
import { importChapter } from '../../src/import/read-documents.ts';
import { createMemoryStore } from '../../src/store/memory-store.ts';
import type { GradeStore } from '../../src/store/store.ts';
import { scoredCriterion } from '../core/builders.ts';
import { later } from '../helpers/later.ts';
import { memoryFiles } from '../helpers/memory-files.ts';
import { sampleId } from '../helpers/run-cli.ts';
import { loadedRubric, sampleChapter, sampleGrade } from '../helpers/sample-material.ts';

const root = join(import.meta.dirname, '../..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const nothing: LintSources = { chapters: [], isOnlyRubric: true, store: null };

function lint(content: string, sources: Partial<LintSources> = {}, name = '03장-인덱스.yaml') {
  const files = memoryFiles({
    '/program/default.yaml': read('rubrics/default.yaml'),
    [`/group/${name}`]: content,
  });
  const places = { folder: '/group', builtIn: '/program' };
  return lintRubricFile(`/group/${name}`, { ...nothing, ...sources }, files, places);
}

const sorted = '인덱스는 키가 정렬된 별도의 자료구조이다';
const rubric = [
  'extends: default.yaml',
  'questions:',
  '  1:',
  '    keyPoints:',
  `      - ${sorted}`,
  '      - text: 비타민은 몸에서 만들어지지 않아 음식으로 섭취해야 한다',
  '        weight: 2',
  '      - 인덱스는 키가 정렬된 자료구조이다',
  '  9: { keyPoints: [없는 질문의 핵심 내용] }',
  '',
].join('\n');

/** A store in which four members have the first key point at one level. */
function storeWith(level: string, overrides: Partial<Chapter> = {}): GradeStore {
  const store = createMemoryStore();
  const members = ['가', '나', '다', '라'];
  const submissions = members.map(
    (member): Submission => ({
      ...{ member, question: 1, status: 'answered', flags: [], lines: [1, 2] },
      attempts: [{ kind: 'first', text: '답' }],
    }),
  );
  const chapter = sampleChapter({ ...overrides, submissions });
  store.saveChapter(storedChapterOf(chapter, loadedRubric(), 'ko'));
  const startedAt = '2026-01-01T00:00:00.000Z';
  const run = store.startRun({ chapter: chapter.id, startedAt, judge: 'llm', model: 'm' });
  const keyPoints = [{ ...scoredCriterion('k1', level), name: sorted }];
  for (const member of members) {
    const about = { chapter: chapter.id, member, question: 1, answerHash: answerHashOf('답') };
    store.addGrades(run, [sampleGrade({ ...about, keyPoints })]);
  }
  return store;
}

describe('the sample rubric', () => {
  const document = importChapter(read(`answers/${sampleId}.md`), 'sample');
  it.each([
    ['with its chapter', [document]],
    ['by itself', []],
  ])('is clean %s', async (_how, chapters) => {
    const result = await lint(read(`rubrics/${sampleId}.yaml`), { chapters }, `${sampleId}.yaml`);
    expect(result.findings).toEqual([]);
    expect(result.withoutKeyPoints).toEqual([]);
    expect(result.isChapterKnown).toBe(chapters.length > 0);
  });
});

describe('findings', () => {
  it('have the line of their key point', async () => {
    const { findings } = await lint(rubric, { chapters: [sampleChapter()] });
    expect(findings.map(({ code, question, index, line }) => ({ code, question, index, line }))).toEqual([
      { code: 'not_in_model_answer', question: 1, index: 1, line: 6 },
      { code: 'overlap', question: 1, index: 2, line: 8 },
      { code: 'unused', question: 9, index: null, line: 9 },
    ]);
  });

  it('have no line where the key point stands in the rubric that is extended', async () => {
    const files = memoryFiles({
      '/program/default.yaml': read('rubrics/default.yaml'),
      '/group/base.yaml': rubric,
      '/group/own.yaml': 'extends: base.yaml\nquestions:\n  2: { keyPoints: [전부 아니면 전무] }\n',
    });
    const { findings } = await lintRubricFile('/group/own.yaml', nothing, files, {
      folder: '/group',
      builtIn: '/program',
    });
    expect(findings).toEqual([expect.objectContaining({ code: 'overlap', line: null })]);
  });
});

describe('the chapter of a rubric', () => {
  it('is the one named like the file', async () => {
    const other = sampleChapter({ id: '04장', questions: [] });
    const result = await lint(rubric, { chapters: [other, sampleChapter()], isOnlyRubric: false });
    expect(result).toMatchObject({ isChapterKnown: true, withoutKeyPoints: [2, 3, 4] });
  });

  it('is the only one there is when there is only one rubric', async () => {
    const chapters = [sampleChapter()];
    expect((await lint(rubric, { chapters }, 'draft.yaml')).isChapterKnown).toBe(true);
    expect((await lint(rubric, { chapters, isOnlyRubric: false }, 'draft.yaml')).isChapterKnown).toBe(false);
  });

  it('may be known from the database alone', async () => {
    const { isChapterKnown, findings } = await lint(rubric, { store: later(storeWith('covered')) });
    expect(isChapterKnown).toBe(true);
    expect(findings.map(({ code }) => code)).toEqual([
      'too_easy',
      'not_in_model_answer',
      'overlap',
      'unused',
    ]);
  });

  it('lends its grades to a rubric that is compared with its document', async () => {
    const { findings } = await lint(rubric, { chapters: [sampleChapter()], store: storeWith('missing') });
    expect(findings.map(({ code }) => code)).toContain('out_of_reach');
  });

  it('has no say in the rubric of another one', async () => {
    const { isChapterKnown, findings } = await lint(rubric, {
      store: storeWith('covered', { id: '05장', title: '05장' }),
    });
    expect(isChapterKnown).toBe(false);
    expect(findings.map(({ code }) => code)).toEqual(['overlap']);
  });
});

it('a rubric that is not valid is an error with its line', async () => {
  await expect(lint('extends: default.yaml\nnope: 1\n')).rejects.toMatchObject({ place: { line: 2 } });
});
