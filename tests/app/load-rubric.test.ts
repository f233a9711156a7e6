import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { findRubric, loadRubric, type RubricPlaces, rubricFrom } from '../../src/app/load-rubric.ts';
import { ConfigError } from '../../src/core/errors.ts';
import { memoryFiles } from '../helpers/memory-files.ts';

const defaultRubric = readFileSync(
  fileURLToPath(new URL('../../rubrics/default.yaml', import.meta.url)),
  'utf8',
);
const places: RubricPlaces = { folder: '/group', builtIn: '/program/rubrics' };
const builtIn = '/program/rubrics/default.yaml';

function filesWith(more: Readonly<Record<string, string>> = {}) {
  return memoryFiles({ [builtIn]: defaultRubric, ...more });
}

const load = (file: string, more: Readonly<Record<string, string>>) =>
  loadRubric(file, filesWith(more), places);

async function errorOf(work: Promise<unknown>): Promise<ConfigError> {
  const error = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (error instanceof ConfigError) return error;
  throw new Error(`expected a ConfigError, got ${String(error)}`);
}

describe('loadRubric', () => {
  it('reads the rubric that comes with the program, complete', async () => {
    const { rubric, file } = await load(builtIn, {});
    expect(file).toBe(builtIn);
    expect(rubric).toMatchObject({
      language: 'auto',
      attempt: 'first',
      copies: 'not_attempted',
      questions: {},
    });
    expect(rubric.keyPoints.weight + rubric.criteria.reduce((sum, item) => sum + item.weight, 0)).toBe(100);
  });

  it('lays a rubric over the built-in default where no other default is beside it', async () => {
    const { rubric } = await load('/group/rubrics/03장.yaml', {
      '/group/rubrics/03장.yaml':
        'extends: default.yaml\nattempt: best\nquestions:\n  1:\n    keyPoints: [인덱스]\n',
    });
    const base = (await load(builtIn, {})).rubric;
    expect(rubric).toEqual({
      ...base,
      attempt: 'best',
      questions: { 1: { keyPoints: [{ text: '인덱스', weight: 1 }] } },
    });
  });

  it('takes the default beside it before the built-in one', async () => {
    const { rubric } = await load('/group/rubrics/03장.yaml', {
      '/group/rubrics/03장.yaml': 'extends: default.yaml\n',
      '/group/rubrics/default.yaml': `${defaultRubric.replace('language: auto', 'language: en')}`,
    });
    expect(rubric.language).toBe('en');
  });

  it('follows a chain, the nearest setting winning and questions adding up', async () => {
    const { rubric } = await load('/group/a.yaml', {
      '/group/a.yaml': 'extends: group/b.yaml\nlanguage: ko\nquestions:\n  1:\n    keyPoints: [가]\n',
      '/group/group/b.yaml':
        'extends: ../c.yaml\nlanguage: en\nattempt: revised\nquestions:\n  1:\n    keyPoints: [나]\n  2:\n    keyPoints: [다]\n',
      '/group/c.yaml': 'extends: default.yaml\nattempt: best\ncopies: review\n',
    });
    expect(rubric).toMatchObject({ language: 'ko', attempt: 'revised', copies: 'review' });
    expect(rubric.questions).toEqual({
      1: { keyPoints: [{ text: '가', weight: 1 }] },
      2: { keyPoints: [{ text: '다', weight: 1 }] },
    });
  });

  it('does not extend itself by a relative path either', async () => {
    const files = memoryFiles({ 'rubrics/a.yaml': 'extends: ../rubrics/a.yaml\n' });
    const error = await errorOf(loadRubric('rubrics/a.yaml', files, places));
    expect(error.text.en).toBe('the rubric extends itself.');
  });

  it.each([
    ['itself', { '/group/a.yaml': 'extends: a.yaml\n' }],
    ['in a circle', { '/group/a.yaml': 'extends: b.yaml\n', '/group/b.yaml': 'extends: ./x/../a.yaml\n' }],
  ])('does not extend %s', async (_name, more) => {
    const error = await errorOf(load('/group/a.yaml', more));
    expect(error.text).toEqual({
      ko: '루브릭이 자기 자신을 extends로 부릅니다.',
      en: 'the rubric extends itself.',
    });
    expect(error.place.file).toMatch(/a\.yaml$/u);
  });

  it('a default.yaml of the group extends the one that comes with the program', async () => {
    const own = '/group/rubrics/default.yaml';
    const { rubric } = await load(own, { [own]: 'extends: default.yaml\nattempt: best\n' });
    expect([rubric.attempt, rubric.criteria.length]).toEqual(['best', 2]);
  });

  it('names what it extends when that is not there', async () => {
    const error = await errorOf(
      load('/group/a.yaml', { '/group/a.yaml': 'language: ko\nextends: base.yaml\n' }),
    );
    expect(error.sentence('en')).toBe('/group/a.yaml: extends names base.yaml, and there is no such file.');
    expect(error.sentence('ko')).toContain('base.yaml');
  });

  it('names the file that is at fault, not the one that was asked for', async () => {
    const error = await errorOf(
      load('/group/a.yaml', {
        '/group/a.yaml': 'extends: b.yaml\n',
        '/group/b.yaml': 'language: ko\nlangauge: en\n',
      }),
    );
    expect(error.place).toEqual({ file: '/group/b.yaml', line: 2 });
  });

  it('lists what is missing and how to get it', async () => {
    const error = await errorOf(load('/group/a.yaml', { '/group/a.yaml': 'language: ko\nattempt: first\n' }));
    expect(error.sentence('en')).toMatch(
      /^\/group\/a\.yaml: the rubric lacks copies, evidence, disagreement, examplesShown, bands, criteria, keyPoints, coverage; .*extends: default\.yaml/u,
    );
    expect(error.sentence('ko')).toMatch(
      /copies, evidence, disagreement, examplesShown, bands, criteria, keyPoints, coverage/u,
    );
  });

  it('takes a byte order mark in its stride', async () => {
    const { rubric } = await load('/group/a.yaml', {
      '/group/a.yaml': '\uFEFFextends: default.yaml\nlanguage: ko\n',
    });
    expect(rubric.language).toBe('ko');
  });

  it('has a hash of what it says, not of how or where', async () => {
    const hashOf = async (text: string) => (await load('/group/a.yaml', { '/group/a.yaml': text })).hash;
    const hash = await hashOf('extends: default.yaml\nlanguage: ko\nattempt: best\n');
    expect(hash).toMatch(/^[0-9a-f]{16}$/u);
    expect(await hashOf('# note\nattempt: best\n\nlanguage: "ko"\nextends: default.yaml\n')).toBe(hash);
    expect(await hashOf('extends: default.yaml\nlanguage: en\nattempt: best\n')).not.toBe(hash);
    expect(await hashOf(defaultRubric)).toBe((await load(builtIn, {})).hash);
  });

  it('has another hash when what it extends changes', async () => {
    const hashOver = async (base: string) =>
      (await load('/group/a.yaml', { '/group/a.yaml': 'extends: b.yaml\n', '/group/b.yaml': base })).hash;
    expect(await hashOver('extends: default.yaml\n')).not.toBe(
      await hashOver('extends: default.yaml\ncopies: grade\n'),
    );
  });
});

describe('rubricFrom', () => {
  it('lays a value over the built-in default', async () => {
    const files = filesWith();
    const own = {
      attempt: 'revised' as const,
      questions: { 2: { keyPoints: ['가', { text: '나', weight: 2 }] } },
    };
    const { rubric, file } = await rubricFrom(own, files, places);
    expect(file).toBe('rubric');
    expect(rubric).toEqual({
      ...(await loadRubric(builtIn, files, places)).rubric,
      attempt: 'revised',
      questions: {
        2: {
          keyPoints: [
            { text: '가', weight: 1 },
            { text: '나', weight: 2 },
          ],
        },
      },
    });
  });

  it('nothing is the built-in default', async () => {
    const files = filesWith();
    expect((await rubricFrom({}, files, places)).hash).toBe((await loadRubric(builtIn, files, places)).hash);
  });

  it('names the setting that is wrong', async () => {
    const error = await errorOf(rubricFrom({ questions: { 0: { keyPoints: ['가'] } } }, filesWith(), places));
    expect(error.sentence('en')).toMatch(/^rubric:1: the rubric is not valid: questions › 0/u);
  });
});

describe('findRubric', () => {
  const find = (...paths: string[]) =>
    findRubric(
      '03장',
      '/data/2026/answers/03장.md',
      filesWith(Object.fromEntries(paths.map((path) => [path, '']))),
      places,
    );

  it.each([
    ["the working folder's rubric of the chapter", '/group/rubrics/03장.yaml'],
    ['the one beside the document', '/data/2026/answers/rubrics/03장.yaml'],
    ["the one beside the document's folder", '/data/2026/rubrics/03장.yaml'],
    ['one that ends in .yml', '/group/rubrics/03장.yml'],
    ["the working folder's default", '/group/rubrics/default.yaml'],
    ['the default beside the document', '/data/2026/answers/rubrics/default.yaml'],
    ["the default beside the document's folder", '/data/2026/rubrics/default.yml'],
  ])('finds %s', async (_name, path) => {
    expect(await find(path, '/group/rubrics/04장.yaml', '/data/03장.yaml')).toBe(path);
  });

  it('takes the built-in default when there is nothing else', async () => {
    expect(await find()).toBe(builtIn);
  });

  it('takes what belongs to the chapter before any default, the working folder first', async () => {
    const all = [
      '/data/2026/rubrics/03장.yaml',
      '/group/rubrics/default.yaml',
      '/data/2026/answers/rubrics/03장.yaml',
    ];
    expect(await find(...all)).toBe('/data/2026/answers/rubrics/03장.yaml');
    expect(await find(...all, '/group/rubrics/03장.yaml')).toBe('/group/rubrics/03장.yaml');
  });

  it('finds a name as macOS writes it', async () => {
    const path = `/group/rubrics/${'03장'.normalize('NFD')}.yaml`;
    expect(path).not.toBe('/group/rubrics/03장.yaml');
    expect(await find(path)).toBe(path);
  });

  it('finds it for a chapter id as macOS writes it', async () => {
    const files = filesWith({ '/group/rubrics/03장.yaml': '' });
    expect(await findRubric('03장'.normalize('NFD'), '/data/03장.md', files, places)).toBe(
      '/group/rubrics/03장.yaml',
    );
  });
});
