import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { buildDraftRequest, readDraft, splitIntoKeyPoints } from '../../src/judge/draft-key-points.ts';
import { requestKey } from '../../src/judge/request-key.ts';
import { inverseDocumentFrequency } from '../../src/judge/word-features.ts';
import { replyWith } from '../helpers/scripted-model.ts';

const material = {
  question: 'What is an index for?',
  modelAnswer: 'It finds rows without reading the whole table. In return, every write has to update it.',
};
const points = [
  { text: 'An index finds rows without a full scan', quote: 'finds rows without reading the whole table' },
  { text: 'Writes get slower', quote: 'every write has to update it' },
];
const even = inverseDocumentFrequency([]);

function textsOf(modelAnswer: string, frequency = even): string[] {
  return splitIntoKeyPoints(modelAnswer, frequency).map((point) => point.text);
}

describe('buildDraftRequest', () => {
  it('puts question and model answer between two equal marker lines, and only there', () => {
    const request = buildDraftRequest(material, 'model-1');
    const [system, user] = request.messages.map((message) => message.content);
    const lines = (user ?? '').split('\n');
    const marker = `=== material ${request.nonce} ===`;
    const from = lines.indexOf(marker);
    expect(lines.lastIndexOf(marker)).toBe(lines.length - 1);
    const data = lines.slice(from + 1, -1).join('\n');
    expect(data).toBe(`# Question\n${material.question}\n\n# Model answer\n${material.modelAnswer}`);
    expect(system).not.toContain(material.modelAnswer);
  });

  it('asks for the same thing in the same words, under another marker', () => {
    const [first, second] = [buildDraftRequest(material, 'model-1'), buildDraftRequest(material, 'model-1')];
    expect(first.nonce).not.toBe(second.nonce);
    expect(requestKey(first)).toBe(requestKey(second));
  });

  it('asks for a strict form with two to six key points', () => {
    expect(buildDraftRequest(material, 'model-1').schema.schema).toEqual({
      type: 'object',
      properties: {
        keyPoints: {
          type: 'array',
          minItems: 2,
          maxItems: 6,
          items: {
            type: 'object',
            properties: { text: { type: 'string' }, quote: { type: 'string' } },
            required: ['text', 'quote'],
            additionalProperties: false,
          },
        },
      },
      required: ['keyPoints'],
      additionalProperties: false,
    });
  });
});

describe('readDraft', () => {
  const read = (content: unknown) => readDraft(replyWith(content), material.modelAnswer);

  it('takes the key points, and looks for their quotes in the model answer', () => {
    const invented = { text: 'It also\n saves space ', quote: 'saves space' };
    expect(read({ keyPoints: [...points, invented] })).toEqual({
      keyPoints: [
        { text: 'An index finds rows without a full scan', verified: true },
        { text: 'Writes get slower', verified: true },
        { text: 'It also saves space', verified: false },
      ],
    });
  });

  it('reads through a fence, thoughts and chatter', () => {
    const text = `<think>{"keyPoints": []}</think>Here:\n\`\`\`json\n${JSON.stringify({ keyPoints: points })}\n\`\`\``;
    expect(read(text)).toHaveProperty('keyPoints.length', 2);
  });

  test.each([
    ['no JSON', 'I would rather not.'],
    ['broken JSON', '{"keyPoints": ['],
    ['one key point', { keyPoints: points.slice(0, 1) }],
    ['seven key points', { keyPoints: Array.from({ length: 7 }, () => points[0]) }],
    ['a blank key point', { keyPoints: [...points, { text: ' ', quote: 'a' }] }],
    ['a quote missing', { keyPoints: points.map(({ text }) => ({ text })) }],
    ['something added', { keyPoints: points, remark: 'good' }],
  ])('%s is malformed', (_what, content) => {
    expect(read(content)).toEqual({ failure: 'malformed_reply' });
  });

  test.each([
    ['length', 'truncated'],
    ['refused', 'refused'],
    ['filtered', 'filtered'],
  ] as const)('a reply that ended with %s is %s, whatever it says', (reason, failure) => {
    const reply = replyWith({ keyPoints: points }, { finish: { reason, raw: reason } });
    expect(readDraft(reply, material.modelAnswer)).toEqual({ failure });
  });
});

describe('splitIntoKeyPoints', () => {
  it('takes the sentences that state something, a label in front without its marks', () => {
    expect(
      textsOf(
        '두 조인은 이렇게 갈립니다:\n\n- **결과:** 양쪽에 짝이 있는 행만 남습니다.\n- 짝이 없는 왼쪽 행도 **전부** 남습니다.',
      ),
    ).toEqual(['결과: 양쪽에 짝이 있는 행만 남습니다', '짝이 없는 왼쪽 행도 전부 남습니다']);
  });

  it('joins what is too short to the sentence before it, a short beginning to the one after it', () => {
    expect(
      textsOf(
        'It is sorted. An index keeps the values of a column in order. That is fast. Every write has to update the index too.',
      ),
    ).toEqual([
      'It is sorted. An index keeps the values of a column in order. That is fast',
      'Every write has to update the index too',
    ]);
  });

  it('keeps the six most telling ones in their order', () => {
    const telling = ['alpha', 'bravo', 'charlie', 'delta', 'echo', 'foxtrot'].map(
      (word) => `The ${word} ${word}shire ${word}burg comes as number one.`,
    );
    const common = 'The one that comes as number one comes as number one.';
    const frequency = inverseDocumentFrequency(Array.from({ length: 20 }, () => common));
    const text = [...telling.slice(0, 3), common, ...telling.slice(3)].join('\n');
    expect(textsOf(text, frequency)).toEqual(telling.map((sentence) => sentence.slice(0, -1)));
  });

  it('proposes between one and six key points on one line each for any text with a sentence', () => {
    const sentence = fc.stringMatching(/^[A-Za-z가-힣][A-Za-z가-힣 \n.*:]{0,80}$/u);
    fc.assert(
      fc.property(fc.array(sentence, { minLength: 1, maxLength: 12 }), (sentences) => {
        const texts = textsOf(sentences.join('.\n'));
        expect(texts.length).toBeGreaterThanOrEqual(1);
        expect(texts.length).toBeLessThanOrEqual(6);
        for (const text of texts) expect(text).toMatch(/^\S(?:.*\S)?$/u);
      }),
    );
  });
});
