import { z } from 'zod';
import type { MarkedResult } from '../core/calibration.ts';
import { InputError } from '../core/errors.ts';
import type { Files } from '../files.ts';
import { decodeDocument } from '../import/decode.ts';

const share = z.number().min(0).max(1);
const resultSchema: z.ZodType<MarkedResult> = z.object({
  id: z.string(),
  question: z.string(),
  questionText: z.string(),
  answer: z.string(),
  reference: z.string().nullable(),
  human: share,
  second: share.nullable(),
  machine: share.nullable(),
  ungradedReason: z.string().nullable(),
  needsReview: z.boolean(),
  humanReason: z.string().nullable(),
  machineReason: z.string().nullable(),
});
const fileSchema = z.object({ judge: z.string(), results: z.array(resultSchema) });

/** An earlier calibration, to compare with. */
export type EarlierCalibration = z.infer<typeof fileSchema>;

/**
 * Reads a `calibration.json` that an earlier run wrote.
 * @throws InputError when it is none
 */
export async function readCalibration(file: string, files: Files): Promise<EarlierCalibration> {
  const text = decodeDocument(await files.read(file), file);
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    data = null;
  }
  const parsed = fileSchema.safeParse(data);
  if (parsed.success) return parsed.data;
  throw new InputError(
    {
      ko: 'calibrate가 쓴 calibration.json이 아닙니다.',
      en: 'this is not a calibration.json written by calibrate.',
    },
    { place: { file } },
  );
}
