import type { OpenAPIHono } from '@hono/zod-openapi';
import { sessionCookie } from './settings.ts';

/** The description of an app's routes in OpenAPI 3.1, made from the schemas that check their requests. */
export function describeApi(app: OpenAPIHono, version: string): object {
  const document = app.getOpenAPI31Document({
    openapi: '3.1.0',
    info: {
      title: 'answer-grader',
      version,
      description: "Grades a study group's written answers with a language model.",
      license: { name: 'MIT' },
    },
    security: [{ token: [] }, { session: [] }],
  });
  const securitySchemes = {
    token: { type: 'http', scheme: 'bearer', description: 'where the service was started with a token' },
    session: { type: 'apiKey', in: 'cookie', name: sessionCookie, description: 'what the login page sets' },
  };
  return { ...document, components: { ...document.components, securitySchemes } };
}
