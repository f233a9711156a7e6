import { Hono } from 'hono';
import { deleteCookie, setCookie } from 'hono/cookie';
import { sessionOf } from '../../app/group-tokens.ts';
import { type AppSettings, sessionCookie } from '../settings.ts';
import { fieldOf, sentForm } from './forms.ts';
import { pageHtml } from './layout.ts';
import { loginPage } from './login-page.ts';
import { type PageEnv, rememberedCookie, reviewerCookie } from './page-view.ts';

const cookie = { path: '/', httpOnly: true, sameSite: 'Strict' } as const;

/**
 * The routes by which a browser logs in and out, where the service demands a token. Whoever comes next may be of another
 * group, so the name of who decided last does not stay behind.
 */
export function sessionRoutes({ access, isSecure }: AppSettings): Hono<PageEnv> {
  const routes = new Hono<PageEnv>();

  routes.get('/login', (context) => {
    if (access.kind === 'open') return context.redirect('/', 303);
    const view = { ...context.get('view'), hasSession: false, isOutside: true };
    return context.html(pageHtml(loginPage(false, view.language), view));
  });

  routes.post('/login', async (context) => {
    if (access.kind === 'open') return context.redirect('/', 303);
    const session = sessionOf(fieldOf(await sentForm(context), 'token'));
    if ((await access.groupOf([session])) !== null) {
      setCookie(context, sessionCookie, session, { ...cookie, secure: isSecure(context) });
      deleteCookie(context, reviewerCookie, rememberedCookie);
      return context.redirect('/', 303);
    }
    const view = { ...context.get('view'), hasSession: false, isOutside: true };
    return context.html(pageHtml(loginPage(true, view.language), view), 403);
  });

  routes.post('/logout', (context) => {
    deleteCookie(context, sessionCookie, cookie);
    deleteCookie(context, reviewerCookie, rememberedCookie);
    return context.redirect(access.kind === 'open' ? '/' : '/login', 303);
  });

  return routes;
}
