import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { prepareChapter } from '../../src/app/prepare-chapter.ts';
import { memoryFiles } from '../helpers/memory-files.ts';
import { sampleChapter } from '../helpers/sample-material.ts';

const places = { folder: '/group', builtIn: '/program/rubrics' };
const files = memoryFiles({
  '/program/rubrics/default.yaml': readFileSync(new URL('../../rubrics/default.yaml', import.meta.url)),
  '/group/rubrics/03장-인덱스.yaml': 'extends: default.yaml\nattempt: best\n',
  '/group/other.yaml': 'extends: default.yaml\nlanguage: en\n',
});
const loaded = { file: '/group/answers/03장.md', chapter: sampleChapter() };
const prepare = (asked: Parameters<typeof prepareChapter>[1]) => prepareChapter(loaded, asked, files, places);

describe('prepareChapter', () => {
  it('finds the rubric of the chapter and takes its language from the text', async () => {
    expect(await prepare({})).toMatchObject({
      ...loaded,
      rubric: { file: '/group/rubrics/03장-인덱스.yaml', rubric: { attempt: 'best' } },
      language: 'ko',
    });
  });

  it('takes the rubric that is asked for, with its language', async () => {
    expect(await prepare({ rubric: '/group/other.yaml' })).toMatchObject({
      rubric: { file: '/group/other.yaml', rubric: { attempt: 'first' } },
      language: 'en',
    });
  });

  it('takes the language that is asked for before that of the rubric', async () => {
    expect(await prepare({ rubric: '/group/other.yaml', lang: 'ko' })).toMatchObject({ language: 'ko' });
  });

  it('refuses a rubric that is not there', async () => {
    await expect(prepare({ rubric: '/group/none.yaml' })).rejects.toMatchObject({
      place: { file: '/group/none.yaml' },
    });
  });
});
