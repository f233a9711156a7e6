import type { NotionPages, NotionWriter } from '../app/notion-pages.ts';
import { createNotionClient } from './notion-client.ts';
import { noToken } from './notion-errors.ts';
import { createNotionPages } from './notion-pages.ts';
import { createNotionWriter } from './notion-writer.ts';

/**
 * Both sides of Notion over one client, so that they keep one pace.
 * @throws ConfigError without a token
 */
export function openNotionAccess(
  token: string | undefined,
  baseUrl: string | undefined,
): { pages: NotionPages; writer: NotionWriter } {
  if (!token) throw noToken();
  const client = createNotionClient({ token, baseUrl });
  return { pages: createNotionPages(client), writer: createNotionWriter(client) };
}
