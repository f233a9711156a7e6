import { isAnswerSection, type Section, topLevelItems } from './outline.ts';
import { readNumberedText } from './question-text.ts';

/** The sections of a page by what they hold. */
export interface Parts {
  title: string;
  members: Section[];
  /** The answer section with the sections of its sub-headings. */
  answers: Section[];
}

function isTitle(section: Section): boolean {
  return (
    section.level === 1 &&
    !isAnswerSection(section.title) &&
    section.content.every((node) => node.type !== 'list')
  );
}

function holdsCallouts(section: Section): boolean {
  return topLevelItems(section).some((item) =>
    item.node.children.some((node) => node.type === 'html' && /^<aside\b/iu.test(node.value.trimStart())),
  );
}

/** The title that a file's name gives, without folder, ending and the mark that Notion adds. */
export function titleOfFile(file: string): string {
  return file
    .replace(/^.*[/\\]/u, '')
    .replace(/(?:\s+[0-9a-f]{32})?\.[^.]*$/iu, '')
    .normalize('NFC');
}

/** Tells title, members and model answers apart; without a title the page has its file's name. */
export function splitSections(sections: readonly Section[], file: string): Parts {
  const head = sections.find((section) => section.title !== '');
  const title = head && isTitle(head) ? head : null;
  const fileTitle = titleOfFile(file);
  const body = sections.filter((section) => section !== title);
  const start = body.findIndex((section) => isAnswerSection(section.title));
  const opening = body[start];
  if (!opening) return { title: title?.title ?? fileTitle, members: body, answers: [] };
  const belongs = (section: Section | undefined) =>
    section !== undefined &&
    (readNumberedText(section.title).no !== null || section.level > opening.level) &&
    !holdsCallouts(section);
  let end = start + 1;
  while (belongs(body[end])) end += 1;
  return {
    title: title?.title ?? fileTitle,
    members: [...body.slice(0, start), ...body.slice(end)],
    answers: body.slice(start, end),
  };
}
