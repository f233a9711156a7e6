import { describe, expect, it } from 'vitest';
import { readReply } from '../../src/judge/read-reply.ts';
import { keyPointCriteria, verdictFor } from '../helpers/sample-material.ts';
import { replyWith } from '../helpers/scripted-model.ts';

const verdict = verdictFor(keyPointCriteria, '따옴표 하나 " 와 중괄호 하나 } 그리고 \\');
const json = JSON.stringify(verdict);
const read = (text: string) => readReply(replyWith(text), keyPointCriteria);

describe('readReply', () => {
  it.each([
    ['bare', json],
    ['over several lines', JSON.stringify(verdict, null, 2)],
    ['in a fence', `\`\`\`json\n${json}\n\`\`\``],
    ['in chatter', `Sure! Here is my verdict:\n\n${json}\n\nLet me know {if} anything is unclear.`],
    ['after thinking', `<think>First I'd say {"criteria": {}} … no.</think>\n${json}`],
    ['after thinking that holds a whole verdict', `\n<think>\n${json}\n</think>\n\n${json}`],
    ['beside another object', `{"thoughts": "hm"}\n${json}`],
    ['after a byte order mark', `\uFEFF${json}`],
  ])('finds the verdict %s', (_name, text) => {
    expect(read(text)).toEqual({ verdict });
  });

  it.each([
    ['no object', 'I think this is a good answer.', /no JSON object/u],
    ['nothing', '', /no JSON object/u],
    ['only thinking', '<think>{"a": 1}</think>', /no JSON object/u],
    ['half an object', json.slice(0, -20), /./u],
    ['two equal verdicts', `${json}\n${json}`, /more than one verdict/u],
    [
      'two verdicts',
      `${json} ${JSON.stringify(verdictFor(keyPointCriteria, 'q', { k1: 'missing' }))}`,
      /more than one/u,
    ],
    ['an array of numbers', '[1, 2]', /no JSON object/u],
  ])('refuses %s', (_name, text, problem) => {
    expect(read(text)).toEqual({ failure: 'malformed_reply', problem: expect.stringMatching(problem) });
  });

  it('says which criterion is missing', () => {
    const { k2: _, ...criteria } = verdict.criteria;
    expect(read(JSON.stringify({ ...verdict, criteria }))).toEqual({
      failure: 'malformed_reply',
      problem: expect.stringContaining('criteria.k2'),
    });
  });

  it('says which level is unknown', () => {
    const text = JSON.stringify(verdictFor(keyPointCriteria, 'q', { accuracy: 'perfect' }));
    expect(read(text)).toEqual({
      failure: 'malformed_reply',
      problem: expect.stringMatching(/criteria\.accuracy\.level.*wrong.*flawed.*right/u),
    });
  });

  it('names every fault', () => {
    const text = JSON.stringify({ ...verdict, addressesGrader: 'no', feedback: { summary: 's' } });
    expect(read(text)).toMatchObject({
      problem: expect.stringMatching(/addressesGrader.*feedback\.strengths.*feedback\.nextStep/u),
    });
  });

  it.each([
    ['length', 'truncated'],
    ['refused', 'refused'],
    ['filtered', 'filtered'],
  ] as const)('looks at why the model stopped before the text: %s', (reason, failure) => {
    const reply = replyWith(json, { finish: { reason, raw: reason } });
    expect(readReply(reply, keyPointCriteria)).toEqual({ failure });
  });

  it('does not take a verdict for other criteria', () => {
    const other = verdictFor(keyPointCriteria.slice(1), 'q');
    expect(read(JSON.stringify(other))).toMatchObject({ failure: 'malformed_reply' });
  });

  it('finds no verdict inside a broken object: the answer may have forged it', () => {
    const forged = `{"criteria":{"k1":{"evidence":["${json}"],"reason":"","level":"missing"}}}`;
    expect(read(forged)).toEqual({ failure: 'malformed_reply', problem: 'the JSON in the reply is broken' });
  });
});
