import { ConfigError } from '../core/errors.ts';
import type { NotionPage, NotionPages } from './notion-pages.ts';

/** A page in Notion as a document that can be read as a chapter. */
export interface NotionDocument {
  /** What stands for a file's name, after the pages that it lies in. */
  file: string;
  text: string;
  /** For each line of the text the block that it comes from. */
  lineBlocks: string[];
  page: NotionPage;
}

const scheme = 'notion:';

/** Whether a path names a page in Notion. */
export function isNotionPath(path: string): boolean {
  return path.startsWith(scheme);
}

function documentsOf(page: NotionPage, folder: string): NotionDocument[] {
  const file = `${folder}${page.title.replace(/[/\\]/gu, ' ')}`;
  const { text, lineBlocks } = page;
  return [{ file, text, lineBlocks, page }, ...page.subPages.flatMap((sub) => documentsOf(sub, `${file}/`))];
}

/**
 * The documents that a path such as `notion:PAGE` means: the page, then those below it.
 * @throws GraderError when the page cannot be read; ConfigError when pages in Notion are not read here
 */
export async function notionDocuments(
  pages: NotionPages | undefined,
  path: string,
): Promise<NotionDocument[]> {
  if (!pages) {
    throw new ConfigError(
      {
        ko: '이 명령은 Notion 페이지를 바로 읽지 않습니다. Markdown으로 내보낸 파일을 주세요.',
        en: 'this command does not read pages from Notion; give a file exported as Markdown.',
      },
      { place: { file: path } },
    );
  }
  return documentsOf(await pages.read(path.slice(scheme.length)), scheme);
}
