import { expect, test } from 'vitest';
import { testApp } from '../helpers/http-app.ts';

const tooMuch = (path: string, language: string) => {
  const headers = {
    'content-type': 'application/json',
    'content-length': '3000000',
    'accept-language': language,
    'sec-fetch-site': 'same-origin',
  };
  return testApp({ maxUploadBytes: 2_500_000 }).request(path, {
    method: 'POST',
    headers,
    body: 'x'.repeat(3_000_000),
  });
};

test('what is too large is told the limit that it met', async () => {
  const upload = await tooMuch('/v1/chapters', 'en');
  expect([upload.status, await upload.text()]).toEqual([
    413,
    expect.stringContaining('here 2.5 MB are taken'),
  ]);
  expect(await (await tooMuch('/v1/feedback', 'ko')).text()).toContain('1MB까지 받습니다');
});

test('on a page it is a sentence that begins like one', async () => {
  expect(await (await tooMuch('/chapters', 'en')).text()).toContain(
    'What was sent is too large; here 2.5 MB are taken at most.',
  );
});

test('a form that is not taken is told which are', async () => {
  const headers = { 'content-type': 'text/plain', 'accept-language': 'en' };
  const reply = await testApp().request('/v1/feedback', { method: 'POST', headers, body: 'x' });
  expect([reply.status, await reply.text()]).toEqual([415, expect.stringContaining('send application/json')]);
});
