import type { Language } from '../../core/localized.ts';
import { type Html, html } from '../../reports/html/html.ts';
import type { PageView } from './page-view.ts';
import { words } from './words.ts';

/** A page of the service; its body follows the heading. */
export interface Page {
  title: string;
  body: Html | readonly Html[];
  /** The page brings its own h1 where this is false. */
  hasHeading?: boolean;
  /** More for the head. */
  head?: Html;
}

function header({ languageLink, hasSession, groupName, isOutside, language }: PageView): Html {
  const own = words[language];
  const other: Language = language === 'ko' ? 'en' : 'ko';
  const logout = html`<form method="post" action="/logout"><button class="quiet">${own.logout}</button></form>`;
  const navigation = html`<nav aria-label="${own.navigation}">
<a href="/">${own.chapters}</a>
<a href="/scoreboard">${own.scoreboard}</a>
</nav>
`;
  return html`<header class="site">
<a class="brand" href="/">answer-grader</a>
${groupName !== null && html`<span class="group">${groupName}</span>\n`}${!isOutside && navigation}<div class="tools"><a href="${languageLink}" lang="${other}" hreflang="${other}">${own.otherLanguage}</a>${hasSession && logout}</div>
</header>`;
}

/** A whole page: head, the service's header, and the page itself. Its style and script are the service's own. */
export function pageHtml({ title, body, hasHeading = true, head }: Page, view: PageView): string {
  return html`<!DOCTYPE html>
<html lang="${view.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title} · answer-grader</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/assets/style.css">
<script type="module" src="/assets/page.js"></script>
${head}</head>
<body>
<a class="skip" href="#main">${words[view.language].skip}</a>
${header(view)}
<main id="main" tabindex="-1">
${hasHeading && html`<h1>${title}</h1>\n`}${body}
</main>
</body>
</html>
`.text;
}
