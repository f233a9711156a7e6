import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import type { GradingService } from '../app/grading-service.ts';
import { importDocument } from '../app/import-document.ts';
import { importResultSchema, knownChapterSchema } from './chapter-schemas.ts';
import { languageAsked } from './language.ts';
import { chapterParams, jsonReply, problems, versioned } from './route-parts.ts';
import type { AppSettings } from './settings.ts';
import { uploadBody, uploadedDocuments } from './uploads.ts';

const listRoute = createRoute({
  method: 'get',
  path: '/v1/chapters',
  summary: 'List the chapters that were handed in or graded',
  responses: {
    200: jsonReply(
      'The chapters by id',
      z.object({ schemaVersion: z.literal(1), chapters: z.array(knownChapterSchema) }),
    ),
    ...problems('read'),
  },
});

const importReply = versioned(importResultSchema);

const uploadRoute = createRoute({
  method: 'post',
  path: '/v1/chapters',
  summary: 'Hand in a document with one chapter or several',
  description:
    'A document is a page, a table of answers, or a zip of them as Notion exports it. A chapter of the same title is replaced; its grades stay. Several files are read one after the other; where ' +
    'one cannot be read, those before it are kept.',
  request: { body: { content: uploadBody } },
  responses: {
    201: {
      ...jsonReply(
        'What was understood: of one chapter as a single document, of several as a list',
        z.union([
          importReply,
          z.object({ schemaVersion: z.literal(1), chapters: z.array(importResultSchema) }),
        ]),
      ),
      headers: z.object({
        Location: z.string().optional().openapi({ description: 'where a single chapter is found' }),
      }),
    },
    ...problems('write'),
  },
});

const chapterRoute = createRoute({
  method: 'get',
  path: '/v1/chapters/{id}',
  summary: 'Show what was understood of a chapter',
  request: { params: chapterParams },
  responses: { 200: jsonReply('The chapter', importReply), ...problems('read', 'not_found') },
});

const rubricsRoute = createRoute({
  method: 'get',
  path: '/v1/rubrics',
  summary: 'List the rubrics to choose from',
  responses: {
    200: jsonReply('Their names', z.object({ schemaVersion: z.literal(1), rubrics: z.array(z.string()) })),
    ...problems('read'),
  },
});

/** Chapters: handing them in, and what was understood. */
export function chapterRoutes(service: GradingService, settings: AppSettings): OpenAPIHono {
  return new OpenAPIHono()
    .openapi(listRoute, async (context) =>
      context.json({ schemaVersion: 1, chapters: await service.chapters() }, 200),
    )
    .openapi(uploadRoute, async (context) => {
      const language = languageAsked(context, settings.language);
      const read = [];
      for (const document of await uploadedDocuments(context)) read.push(...(await service.upload(document)));
      const documents = read.map((chapter) => importDocument(chapter, language));
      const [only] = documents;
      if (documents.length !== 1 || !only)
        return context.json({ schemaVersion: 1, chapters: documents }, 201);
      const location = `/v1/chapters/${encodeURIComponent(only.chapter.id)}`;
      return context.json({ schemaVersion: 1, ...only }, 201, { Location: location });
    })
    .openapi(chapterRoute, async (context) => {
      const chapter = await service.uploaded(context.req.valid('param').id);
      const language = languageAsked(context, settings.language);
      return context.json({ schemaVersion: 1, ...importDocument(chapter, language) }, 200);
    })
    .openapi(rubricsRoute, async (context) =>
      context.json({ schemaVersion: 1, rubrics: await service.rubrics() }, 200),
    );
}
