import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { escapeHtml, Html, html } from '../../../src/reports/html/html.ts';
import { readHtml } from './read-html.ts';

describe('a template', () => {
  test('escapes texts and shows HTML, numbers and lists as they are', () => {
    const inner = html`<b>${'a & b'}</b>`;
    expect(html`<p>${inner} ${1.5} ${['<i>', inner]}</p>`.text).toBe(
      '<p><b>a &amp; b</b> 1.5 &lt;i&gt;<b>a &amp; b</b></p>',
    );
  });

  test('shows nothing for what is not there', () => {
    expect(html`(${null}${undefined}${false}${''})`.text).toBe('()');
  });

  test('no text leaves its place, be it between tags or in an attribute', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string(), (between, within) => {
        const { tags, text } = readHtml(html`<p title="${within}">${between}</p>`.text);
        expect(tags).toStrictEqual([{ name: 'p', attributes: { title: within.replace(/\p{Cc}/gu, '') } }]);
        expect(text).toBe(between.replace(/[\p{Cc}--[\n\t]]/gv, ''));
      }),
    );
  });
});

test('the five signs of markup are escaped and control characters left out', () => {
  expect(escapeHtml(`<a href="x" title='y'>&\u0000\u0008\n\t</a>`)).toBe(
    '&lt;a href=&quot;x&quot; title=&#39;y&#39;&gt;&amp;\n\t&lt;/a&gt;',
  );
});

test('HTML as a string is its text', () => {
  expect(String(new Html('<hr>'))).toBe('<hr>');
});
