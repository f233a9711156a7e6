import type { Language } from '../../core/localized.ts';
import { html } from '../../reports/html/html.ts';
import type { Page } from './layout.ts';
import { invalid, problemBox } from './parts.ts';
import { words } from './words.ts';

/** The page that asks for the token. */
export function loginPage(isWrong: boolean, language: Language): Page {
  const own = words[language];
  // Password managers keep a password under a name.
  return {
    title: own.login,
    body: html`${problemBox('login-problem', own.problem, isWrong ? [own.wrongToken] : [])}<form method="post" action="/login" class="panel narrow">
<input class="hidden" name="username" value="answer-grader" autocomplete="username" readonly tabindex="-1" aria-hidden="true">
<p class="field"><label for="token">${own.token}</label>
<input type="password" id="token" name="token" required autocomplete="current-password"${invalid('login-problem', isWrong) ?? html` aria-describedby="token-hint"`}>
<span class="hint" id="token-hint">${own.tokenHint}</span></p>
<p class="actions"><button class="main">${own.login}</button></p>
</form>`,
  };
}
