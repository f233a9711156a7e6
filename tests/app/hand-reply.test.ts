import { describe, expect, it } from 'vitest';
import { pastedReplies } from '../../src/app/hand-reply.ts';

const ids = new Set(['aaaa1111', 'bbbb2222']);
const a = { criteria: { k1: 1 } };
const b = { criteria: { k1: 2 } };
const json = JSON.stringify;
const read = (text: string) => {
  const replies = pastedReplies(text, ids);
  return replies && { named: Object.fromEntries(replies.named), unnamed: replies.unnamed };
};
const both = { named: { aaaa1111: [a], bbbb2222: [b] }, unnamed: [] };

describe('pastedReplies', () => {
  it.each<[string, string]>([
    [
      'a list',
      json([
        { id: 'aaaa1111', ...a },
        { id: 'bbbb2222', ...b },
      ]),
    ],
    ['an object by id', json({ aaaa1111: a, bbbb2222: b })],
    ['an object by id, with the ids inside again', json({ aaaa1111: { id: 'aaaa1111', ...a }, bbbb2222: b })],
    [
      'a list in a wrapper',
      json({
        answers: [
          { id: 'aaaa1111', ...a },
          { id: 'bbbb2222', ...b },
        ],
      }),
    ],
    ['an object in a wrapper', json({ verdicts: { aaaa1111: a, bbbb2222: b } })],
    [
      'two code blocks with chatter',
      `Sure!\n\`\`\`json\n${json({ id: 'aaaa1111', ...a })}\n\`\`\`\nand\n\`\`\`\n${json({ id: 'bbbb2222', ...b })}\n\`\`\`\nHope {this} helps.`,
    ],
    [
      'ids in other dress',
      json([
        { id: 'Answer AAAA1111', ...a },
        { id: ' #bbbb2222 ', ...b },
      ]),
    ],
    [
      'the same twice',
      json([
        { id: 'aaaa1111', ...a },
        { id: 'aaaa1111', ...a },
        { id: 'bbbb2222', ...b },
      ]),
    ],
  ])('reads %s', (_name, text) => {
    expect(read(text)).toEqual(both);
  });

  it('keeps different replies to one answer apart', () => {
    const text = json([
      { id: 'aaaa1111', ...a },
      { id: 'aaaa1111', ...b },
    ]);
    expect(read(text)?.named).toEqual({ aaaa1111: [a, b] });
  });

  it('keeps what names no answer, and names of answers that are not there', () => {
    expect(read(json(a))).toEqual({ named: {}, unnamed: [a] });
    expect(read(json({ id: 'cccc3333', ...a }))).toEqual({ named: { cccc3333: [a] }, unnamed: [] });
  });

  it('finds nothing in a text without JSON', () => {
    expect(read('Sorry, I cannot do that.')).toEqual({ named: {}, unnamed: [] });
    expect(read('')).toEqual({ named: {}, unnamed: [] });
  });

  it('says when JSON is broken', () => {
    expect(read('{"id": "aaaa1111", "criteria": {')).toBeNull();
  });
});
