import type { Context, MiddlewareHandler } from 'hono';
import { setCookie } from 'hono/cookie';
import { languageDetector } from 'hono/language';
import { type Language, languages } from '../../core/localized.ts';
import type { GroupBindings } from '../group-apps.ts';
import { languageAsked } from '../language.ts';
import type { AppSettings } from '../settings.ts';

/** What every page is shown with. */
export interface PageView {
  language: Language;
  /** Where the same page is in the other language. */
  languageLink: string;
  /** Whoever looks has logged in, so there is a way out. */
  hasSession: boolean;
  /** The group whose things are shown; null where there are no others. */
  groupName: string | null;
  /** Whoever looks must log in first, so that no other page can be reached. */
  isOutside: boolean;
}

/** What the pages' routes know of a request. */
export interface PageEnv {
  Variables: { view: PageView };
}

export type PageContext = Context<PageEnv>;

/** The cookie that remembers who decided last, to be shown in the next form. */
export const reviewerCookie = 'reviewer';
const languageCookie = 'language';
const year = 60 * 60 * 24 * 365;

/** How a cookie is kept that only remembers what somebody chose. */
export const rememberedCookie = { path: '/', httpOnly: true, sameSite: 'Strict', maxAge: year } as const;

function isLanguage(value: string | undefined): value is Language {
  return languages.some((language) => language === value);
}

/** A page that came of a form is not there to be asked for again, so its link leads to the first one. */
function linkToLanguage(context: Context, language: Language): string {
  const { method, url } = context.req;
  if (method !== 'GET') return `/?lang=${language}`;
  const { pathname, searchParams } = new URL(url);
  searchParams.set('lang', language);
  // Two slashes at the beginning would lead to another host.
  return `${pathname.replace(/^\/+/u, '/')}?${searchParams}`;
}

function viewOf(context: Context, language: Language, hasSession: boolean): PageView {
  const other = language === 'ko' ? 'en' : 'ko';
  const { groupName = null }: GroupBindings = context.env ?? {};
  return { language, languageLink: linkToLanguage(context, other), hasSession, groupName, isOutside: false };
}

/** Finds the language of a page: what is asked for in the address, which is remembered, else the browser's. */
export function viewMiddleware(settings: AppSettings): MiddlewareHandler<PageEnv>[] {
  const detect = languageDetector({
    supportedLanguages: [...languages],
    fallbackLanguage: settings.language,
    lookupCookie: languageCookie,
    caches: false,
  });
  return [
    detect,
    async (context, next) => {
      const detected: unknown = context.get('language' as keyof PageEnv['Variables']);
      const language = languages.find((known) => known === detected) ?? settings.language;
      const asked = context.req.query('lang');
      if (isLanguage(asked)) setCookie(context, languageCookie, asked, rememberedCookie);
      context.set('view', viewOf(context, language, settings.access.kind !== 'open'));
      await next();
    },
  ];
}

/** What a page is shown with; also where a request did not come as far as the pages' own routes. */
export function viewFor(context: Context): PageView {
  const known: PageView | undefined = context.get('view');
  if (known) return known;
  return viewOf(context, languageAsked(context, 'en'), false);
}
