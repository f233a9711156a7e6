import { describe, expect, test } from 'vitest';
import { readCalibration } from '../../src/app/calibration-file.ts';
import { InputError } from '../../src/core/errors.ts';
import { resultOf } from '../core/marked-results.ts';
import { memoryFiles } from '../helpers/memory-files.ts';

const reading = (content: string) =>
  readCalibration('calibration.json', memoryFiles({ 'calibration.json': content }));

describe('readCalibration', () => {
  test('gives judge and results, and passes over the rest', async () => {
    const results = [
      resultOf({ id: 'a', second: 0.25, humanReason: 'why' }),
      resultOf({ id: 'b', machine: null, ungradedReason: 'refused', reference: null }),
    ];
    const text = JSON.stringify({ schemaVersion: 1, judge: 'model-1', calibration: { graded: 1 }, results });
    expect(await reading(text)).toEqual({ judge: 'model-1', results });
  });

  test.each([
    ['something else than JSON', 'judge: model-1'],
    ['a document of another kind', JSON.stringify({ schemaVersion: 1, grades: [] })],
    ['no judge', JSON.stringify({ results: [] })],
    ['a mark that is no share', JSON.stringify({ judge: 'm', results: [resultOf({ human: 50 })] })],
  ])('refuses %s', async (_name, content) => {
    await expect(reading(content)).rejects.toThrow(InputError);
    await expect(reading(content)).rejects.toMatchObject({
      message: expect.stringContaining('this is not a calibration.json written by calibrate.'),
      place: { file: 'calibration.json' },
    });
  });

  test('refuses what is not there', async () => {
    await expect(readCalibration('gone.json', memoryFiles())).rejects.toThrow('there is no such file.');
  });
});
