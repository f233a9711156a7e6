import { z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { HttpProblem } from './problem.ts';
import { valueTexts } from './value-texts.ts';

const file = z
  .custom<File>((value) => value instanceof File, valueTexts.noFile.en)
  .openapi({ type: 'string', format: 'binary' });

const pastedSchema = z.strictObject({
  name: z
    .string()
    .min(1)
    .max(255)
    .openapi({ description: "the document's name; its ending tells what it is", example: '02장.md' }),
  text: z.string().min(1),
});

const filesSchema = z.strictObject({ file: z.union([file, z.array(file).min(1)]) });

/** What a document may be sent as, for the route's description. */
export const uploadBody = {
  'multipart/form-data': { schema: filesSchema },
  'application/json': { schema: pastedSchema },
};

interface UploadedDocument {
  name: string;
  bytes: Uint8Array;
}

/**
 * The documents of a request that was checked against {@link uploadBody}.
 * @throws HttpProblem when it holds none in either form
 */
export async function uploadedDocuments(context: Context): Promise<UploadedDocument[]> {
  const { req } = context;
  const type = req.header('content-type') ?? '';
  if (/^multipart\/form-data/iu.test(type)) {
    const { file: given } = filesSchema.parse(await req.parseBody({ all: true }));
    return Promise.all([given].flat().map(async (item) => ({ name: item.name, bytes: await item.bytes() })));
  }
  if (!/^application\/json/iu.test(type)) throw new HttpProblem('wrong_content_type');
  const { name, text } = pastedSchema.parse(await req.json());
  return [{ name, bytes: new TextEncoder().encode(text) }];
}
