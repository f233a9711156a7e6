import { describe, expect, it } from 'vitest';
import { accessByGroups } from '../../../src/http/access.ts';
import { sessionCookie } from '../../../src/http/settings.ts';
import { testApp } from '../../helpers/http-app.ts';
import { cookieOf, openGroups, tokens } from '../../helpers/two-groups.ts';

const paths = ['/', '/scoreboard', '/chapters/5-Caching', '/grades/1', '/nowhere'];

describe("the name of one's group", () => {
  it('stands at the head of every page of its own, errors included, and of nobody else', async () => {
    const { app } = await openGroups();
    const pageFor = async (token: string, path: string) => {
      const headers = { cookie: `${sessionCookie}=${cookieOf(token)}` };
      return (await app.request(path, { headers })).text();
    };
    for (const path of paths) {
      const [ofA, ofB] = [await pageFor(tokens.a, path), await pageFor(tokens.b, path)];
      expect(ofA, path).toContain('<span class="group">Indigo</span>');
      expect(ofB, path).toContain('<span class="group">Bamboo</span>');
      expect(ofA, path).not.toContain('Bamboo');
      expect(ofB, path).not.toContain('Indigo');
    }
    expect(await pageFor(tokens.a, '/login')).not.toContain('Indigo');
  });

  it('is shown as it is, whatever it looks like', async () => {
    const access = accessByGroups(async () => ({ id: 1, name: '"><img src=x> & 화요 모임' }));
    const page = await testApp({ access }).request('/', { headers: { authorization: 'Bearer any' } });
    expect(await page.text()).toContain(
      '<span class="group">&quot;&gt;&lt;img src=x&gt; &amp; 화요 모임</span>',
    );
  });

  it('is not there where there are no others', async () => {
    const token = 'the-only-token';
    const headers = { authorization: `Bearer ${token}` };
    for (const page of [await testApp().request('/'), await testApp({ token }).request('/', { headers })]) {
      expect(page.status).toBe(200);
      expect(await page.text()).not.toContain('class="group"');
    }
  });
});
