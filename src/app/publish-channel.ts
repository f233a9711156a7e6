import type { Submission } from '../core/chapter.ts';
import { ownerIn, ownerLabel, type TextRun, textOfRuns } from '../core/published.ts';
import type { NotionPlace, NotionWriter } from './notion-pages.ts';
import { blockOf, type ReadPage } from './publish-owners.ts';

/** How feedback stands on a page. */
export const publishForms = ['callouts', 'comments'] as const;
export type PublishForm = (typeof publishForms)[number];

/** Feedback of ours that is there already. */
export interface Existing {
  id: string;
  content: TextRun[];
  isOwn: boolean;
}

/** One form of feedback: what is there, and how it is written. */
export interface PublishChannel {
  /** What is there about one submission, whatever else stands beside it. */
  existing(read: ReadPage, submission: Submission, place: NotionPlace): Promise<Existing[]>;
  add(place: NotionPlace, content: readonly TextRun[]): Promise<void>;
  /** @returns false where it is no longer ours alone */
  change(id: string, content: readonly TextRun[]): Promise<boolean>;
  /** @returns false where it is no longer ours alone */
  remove(id: string): Promise<boolean>;
}

function callouts(writer: NotionWriter): PublishChannel {
  return {
    existing: async ({ callouts: known }, submission) => known.get(submission) ?? [],
    add: writer.addCallout,
    change: writer.changeCallout,
    remove: writer.remove,
  };
}

function comments(writer: NotionWriter): PublishChannel {
  return {
    existing: async ({ places }, submission, place) => {
      const block = blockOf(place);
      const isAlone = [...places.values()].filter((other) => other && blockOf(other) === block).length === 1;
      return (await writer.commentsOn(block))
        .filter(({ content }) => {
          const owner = ownerIn(textOfRuns(content));
          return owner === null ? isAlone : owner === ownerLabel(submission);
        })
        .map((comment) => ({ ...comment, isOwn: true }));
    },
    add: (place, content) => writer.addComment(blockOf(place), content),
    change: async (id, content) => {
      await writer.changeComment(id, content);
      return true;
    },
    remove: async (id) => {
      await writer.removeComment(id);
      return true;
    },
  };
}

/** Feedback in the form asked for. */
export function publishChannel(form: PublishForm, writer: NotionWriter): PublishChannel {
  return form === 'callouts' ? callouts(writer) : comments(writer);
}
