import { describe, expect, test } from 'vitest';
import { standingOf } from '../../src/app/standing.ts';
import { rubricOfStored, underCurrentRubric } from '../../src/app/stored-rubric.ts';
import { ConfigError } from '../../src/core/errors.ts';
import { cachingRubric, cachingRubricText, gradedGroup } from '../helpers/graded-chapter.ts';

describe('rubricOfStored', () => {
  test('is the rubric as its file is now, with what it extends', async () => {
    const { find, files, places } = await gradedGroup();
    const { stored } = await find('Ann', 1);
    expect(stored.rubricFile).toBe(`/group/${cachingRubric}`);
    await files.write(
      `/group/${cachingRubric}`,
      'extends: default.yaml\nquestions: { 1: { keyPoints: [new] } }\n',
    );
    const rubric = await rubricOfStored(stored, files, places);
    expect(rubric?.questions).toEqual({ 1: { keyPoints: [{ text: 'new', weight: 1 }] } });
    expect(rubric?.keyPoints.weight).toBe(75);
  });

  test.each([
    ['was given as a value', null],
    ['is gone', '/group/rubrics/gone.yaml'],
  ])('is null where it %s', async (_name, rubricFile) => {
    const { find, files, places } = await gradedGroup();
    expect(await rubricOfStored({ ...(await find('Ann', 1)).stored, rubricFile }, files, places)).toBeNull();
  });

  test('that is not valid any more is an error with file and line', async () => {
    const { find, files, places } = await gradedGroup();
    await files.write(`/group/${cachingRubric}`, 'extends: default.yaml\ndisagreement: far\n');
    const reading = rubricOfStored((await find('Ann', 1)).stored, files, places);
    await expect(reading).rejects.toThrow(ConfigError);
    await expect(reading).rejects.toMatchObject({ place: { file: `/group/${cachingRubric}`, line: 2 } });
  });
});

describe('underCurrentRubric', () => {
  const staleUnder = async (rubric: string) => {
    const { find, store, files, places } = await gradedGroup();
    await files.write(`/group/${cachingRubric}`, rubric);
    const stored = await underCurrentRubric((await find('Ann', 1)).stored, files, places);
    expect(stored.id).toBe('5-Caching');
    const { grades } = await standingOf(stored, store);
    return grades.filter(({ stale }) => stale.length > 0).map(({ member, question }) => [member, question]);
  };

  test('marks what rests on a part of the rubric that has changed since', async () => {
    expect(await staleUnder(cachingRubricText.replace('Price: the copies', 'Price: copies'))).toEqual([
      ['Ann', 1],
      ['Benedict', 1],
    ]);
  });

  test.each([
    ['is as it was', cachingRubricText],
    ['is being edited', 'questions: ['],
  ])('marks nothing while the rubric %s', async (_name, rubric) => {
    expect(await staleUnder(rubric)).toEqual([]);
  });
});
