import type { PublishedBoard, TextRun } from '../core/published.ts';

/** A block of a page, as far as it says where something may be written. */
export interface NotionBlock {
  /** The block or page that it stands in. */
  parent: string;
  type: string;
}

interface PublishedBlock {
  id: string;
  /** Made and last edited by us, with everything in it; only then may it be changed. */
  isOwn: boolean;
  /** How many lines of the page's text stand before it. */
  line: number;
}

/** Feedback of ours that stands on a page. */
interface PublishedCallout extends PublishedBlock {
  content: TextRun[];
}

/** A scoreboard of ours that stands on a page. */
interface PublishedScoreboard extends PublishedBlock {
  board: PublishedBoard;
}

/** A page in Notion with the pages below it. */
export interface NotionPage {
  id: string;
  title: string;
  /** In the form in which Notion exports Markdown; what we published is left out. */
  text: string;
  /** For each line of the text the block that it comes from. */
  lineBlocks: string[];
  blocks: ReadonlyMap<string, NotionBlock>;
  callouts: PublishedCallout[];
  scoreboards: PublishedScoreboard[];
  subPages: NotionPage[];
}

/** Port: where pages are read. */
export interface NotionPages {
  /**
   * @param reference a page's address or its id
   * @throws GraderError when it cannot be read
   */
  read(reference: string): Promise<NotionPage>;
}

/** Where a new block goes. */
export interface NotionPlace {
  parent: string;
  /** The block that it follows; null for the first place in its parent. */
  after: string | null;
}

/** A comment of ours. */
interface PublishedComment {
  id: string;
  content: TextRun[];
}

/**
 * Port: where results are written into pages. Whoever changes or removes something is told false where it is no
 * longer ours alone, and then nothing was done.
 */
export interface NotionWriter {
  addCallout(place: NotionPlace, content: readonly TextRun[]): Promise<void>;
  changeCallout(id: string, content: readonly TextRun[]): Promise<boolean>;
  /** Adds a scoreboard at the end of a page. */
  addScoreboard(page: string, board: PublishedBoard): Promise<void>;
  /** Puts a callout or a scoreboard into the bin. */
  remove(id: string): Promise<boolean>;
  /** Our comments on a block that are not resolved. */
  commentsOn(block: string): Promise<PublishedComment[]>;
  addComment(block: string, content: readonly TextRun[]): Promise<void>;
  changeComment(id: string, content: readonly TextRun[]): Promise<void>;
  removeComment(id: string): Promise<void>;
}
