import { describe, expect, it } from 'vitest';
import { sessionOf } from '../../../src/app/group-tokens.ts';
import { openTestService } from '../../helpers/grading-service.ts';
import { testApp } from '../../helpers/http-app.ts';
import { openBrowser } from './browser.ts';

const token = 'a long secret';

describe('with a token', () => {
  it('leads to the login page, and after it to the pages', async () => {
    const browser = openBrowser(openTestService().service, 'en', { token });
    const asked = await browser.visit('/scoreboard');
    expect(asked.path).toBe('/login');
    expect(asked.text).not.toContain('action="/logout"');
    const wrong = await browser.send('/login', { token: 'a wrong one' });
    expect(wrong.status).toBe(403);
    expect(wrong.text).toContain('aria-invalid="true" aria-describedby="login-problem"');
    expect(wrong.text).not.toContain('a wrong one');
    const inside = await browser.send('/login', { token });
    expect(inside.path).toBe('/');
    expect((await browser.visit('/scoreboard')).path).toBe('/scoreboard');
    expect((await browser.send('/logout', {})).path).toBe('/login');
    expect((await browser.visit('/')).path).toBe('/login');
  });

  it('leads nowhere from the login page but inside', async () => {
    const browser = openBrowser(openTestService().service, 'en', { token });
    for (const page of [await browser.visit('/login'), await browser.send('/login', { token: 'wrong' })]) {
      expect(page.text).not.toContain('<nav');
      expect(page.text).not.toContain('href="/scoreboard"');
      expect(page.text).toContain('value="answer-grader" autocomplete="username"');
    }
    expect((await browser.send('/login', { token })).text).toContain('href="/scoreboard"');
  });

  it('keeps no token in the cookie, and the cookie from scripts and other sites', async () => {
    const form = new FormData();
    form.append('token', token);
    const reply = await testApp({ token }).request('/login?next=https://evil.test', {
      method: 'POST',
      body: form,
    });
    expect(reply.headers.get('location')).toBe('/');
    const cookie = reply.headers.get('set-cookie') ?? '';
    expect(cookie).toContain(sessionOf(token));
    expect(cookie).not.toContain(token);
    expect(cookie).toMatch(/Path=\/;.*HttpOnly;.*SameSite=Strict/u);
  });

  it('serves style and script before the login', async () => {
    const app = testApp({ token, script: 'export {};' });
    const style = await app.request('/assets/style.css');
    expect(style.headers.get('content-type')).toBe('text/css; charset=utf-8');
    expect(await (await app.request('/assets/page.js')).text()).toBe('export {};');
  });
});

it('needs no login without a token', async () => {
  const browser = openBrowser(openTestService().service);
  expect((await browser.visit('/login')).path).toBe('/');
  expect((await browser.visit('/')).text).not.toContain('/logout');
});
