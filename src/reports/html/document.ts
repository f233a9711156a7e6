import type { Language } from '../../core/localized.ts';
import { Html, html } from './html.ts';

const policy =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";
const skip = { ko: '본문으로 건너뛰기', en: 'Skip to the content' };

/** A page around a body. The body holds `<main id="main">`, where the link at its beginning leads. */
export interface HtmlPage<Body> {
  /** As text. */
  title: string;
  language: Language;
  /** Landmarks in order, in as many parts as are convenient. */
  body: Body;
  /** A stylesheet of this program; nothing in it may come from people. */
  style: string;
}

function beforeBody({ title, language, style }: Omit<HtmlPage<unknown>, 'body'>): string {
  return html`<!DOCTYPE html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<title>${title}</title>
<style>${new Html(style)}</style>
</head>
<body>
<a class="skip" href="#main">${skip[language]}</a>
`.text;
}

const afterBody = '\n</body>\n</html>\n';

/** A self-contained HTML document, part by part: nothing is loaded, nothing runs. */
export function* htmlDocument({ body, ...page }: HtmlPage<Iterable<Html>>): Generator<string> {
  yield beforeBody(page);
  for (const part of body) yield part.text;
  yield afterBody;
}

/** The same around a body whose parts come later. */
export async function* htmlDocumentInTurn({
  body,
  ...page
}: HtmlPage<AsyncIterable<Html>>): AsyncGenerator<string> {
  yield beforeBody(page);
  for await (const part of body) yield part.text;
  yield afterBody;
}
