import { nameInTable } from '../../src/import/member-names.ts';

/** Texts that do something on a page that takes them for anything but text; each of them would set `hacked`. */
export const hostileTexts: readonly string[] = [
  '<script>window.hacked=1</script>',
  '"><img src=x onerror="window.hacked=1">',
  "' onmouseover='window.hacked=1' autofocus onfocus='window.hacked=1",
  '</style><script>window.hacked=1</script>',
  '</textarea></title><script>window.hacked=1</script>',
  '<svg onload=window.hacked=1><a href="javascript:window.hacked=1">svg</a></svg>',
  '[link](javascript:window.hacked=1) and <javascript:window.hacked=1>',
  '![picture](https://elsewhere.test/pixel.png)',
  '[data](data:text/html,<script>window.hacked=1</script>)',
  '<iframe srcdoc="<script>parent.hacked=1</script>"></iframe>',
  '{{7*7}} #{7*7} <%= 7*7 %>',
  'right\u202eto left\u202c',
  'null\u0000byte',
];

const enough = 'This answer is long enough to be one: keys are sorted so that rows are found in a few steps.';

/** The answer that holds a text. */
function answerWith(text: string): string {
  return `${enough} ${text}`;
}

function questionWith(text: string): string {
  return `What is an index for? ${text}`;
}

function modelAnswerWith(text: string): string {
  return `Rows are found in a few steps, as keys are sorted. ${text}`;
}

/** The name of the member who answers with a text. */
function memberWith(text: string): string {
  return `M ${text}`;
}

/** The title of the hostile chapter. */
export const hostileTitle = 'T "><img src=x onerror=window.hacked=1>';

/** A chapter as JSONL in which every text that people write is hostile: each member answers a question of its own. */
export function hostileChapter(): string {
  const rows = hostileTexts.map((text, index) => ({
    chapter: hostileTitle,
    member: memberWith(text),
    question_id: index + 1,
    question: questionWith(text),
    answer: answerWith(text),
    reference: modelAnswerWith(text),
  }));
  return rows.map((row) => JSON.stringify(row)).join('\n');
}

/** A rubric whose key points are hostile as well. */
export function hostileRubric(): string {
  const questions = hostileTexts.map((text, index) => {
    const shown = text.replace('\0', '');
    return [index + 1, { keyPoints: [`Keys are sorted ${shown}`, `Rows are found ${shown}`] }] as const;
  });
  return JSON.stringify({ extends: 'default.yaml', questions: Object.fromEntries(questions) });
}

/** The name of that member as a table is read: without links and what is not seen. */
export function memberShown(text: string): string {
  return asShown(nameInTable(memberWith(text)));
}

/** A text as a page can show it: no control characters, and white space as one space. */
export function asShown(text: string): string {
  return text
    .replace(/[\p{Cc}--[\n\t]]/gv, '')
    .replace(/\s+/gu, ' ')
    .trim();
}

/** A text within an answer as a page can show it: Markdown as what it means, pictures by their names, no NUL. */
export function asShownInAnswer(text: string): string {
  return asShown(text.replaceAll('\0', '\uFFFD'))
    .replaceAll('*', '')
    .replace(/!\[([^\]]*)\]\([^)]*\)/gu, '[image: $1]');
}
