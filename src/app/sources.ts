import type { Files } from '../files.ts';
import type { Archive } from './archive.ts';
import type { NotionPages } from './notion-pages.ts';

/** Where chapters come from. */
export interface Sources {
  files: Files;
  archive: Archive;
  /** Left out where pages in Notion are not read. */
  pages?: NotionPages;
}
