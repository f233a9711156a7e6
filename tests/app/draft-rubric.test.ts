import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkIsNew, type DraftRequest, draftRubric } from '../../src/app/draft-rubric.ts';
import { loadRubric } from '../../src/app/load-rubric.ts';
import type { Question } from '../../src/core/chapter.ts';
import { createRunControl } from '../../src/judge/run-control.ts';
import { memoryFiles } from '../helpers/memory-files.ts';
import { sampleChapter } from '../helpers/sample-material.ts';
import { modelError, replyWith, type Step, scriptedModel } from '../helpers/scripted-model.ts';

const questions: Question[] = [
  {
    no: 1,
    text: '인덱스란?',
    modelAnswer: '인덱스는 키가 정렬된 별도의 자료구조입니다. 쓰기는 느려지고 저장 공간도 차지합니다.',
  },
  { no: 2, text: '복제는 왜 하는가?', modelAnswer: null },
  {
    no: 4,
    text: '샤딩이란?',
    modelAnswer: '행을 여러 서버에 나누어 저장하는 방법입니다. 질문은 sara@example.org 앞으로.',
  },
];
const proposal = (...texts: string[]) => ({
  keyPoints: texts.map((text) => ({ text, quote: '키가 정렬된 별도의 자료구조' })),
});

function request(overrides: Partial<DraftRequest> = {}): DraftRequest {
  return {
    chapter: sampleChapter({ questions }),
    file: 'answers/03장.md',
    model: null,
    control: createRunControl(),
    ...overrides,
  };
}

function asking(script: readonly Step[]) {
  const chat = scriptedModel(script);
  return { chat, model: { name: 'judge-1', chat } };
}

/** A rubric file's key points by question, as grading gets them. */
async function loaded(yaml: string): Promise<Record<string, (string | undefined)[]>> {
  const builtIn = readFileSync(join(import.meta.dirname, '../../rubrics/default.yaml'));
  const files = memoryFiles({ '/program/default.yaml': builtIn, '/group/rubrics/03장.yaml': yaml });
  const { rubric } = await loadRubric('/group/rubrics/03장.yaml', files, {
    folder: '/group',
    builtIn: '/program',
  });
  return Object.fromEntries(
    Object.entries(rubric.questions).map(([no, question]) => [
      no,
      question.keyPoints?.map(({ text }) => text) ?? [],
    ]),
  );
}

describe('without a model', () => {
  it('takes sentences of the model answers, without e-mail addresses', async () => {
    const draft = await draftRubric(request());
    expect(await loaded(draft.yaml)).toEqual({
      1: ['인덱스는 키가 정렬된 별도의 자료구조입니다', '쓰기는 느려지고 저장 공간도 차지합니다'],
      4: ['행을 여러 서버에 나누어 저장하는 방법입니다. 질문은 [email] 앞으로'],
    });
    expect(draft.questions.map(({ fallback }) => fallback)).toEqual([null, null]);
  });

  it('says at the top of the file where it comes from, and each question above its key points', async () => {
    const { yaml } = await draftRubric(request({ question: 4, language: 'en' }));
    expect(yaml).toBe(
      [
        '# Key points drafted from the model answers by splitting them into sentences.',
        '# Read and edit before use: join what belongs together, drop what does not matter, set weights.',
        '',
        'extends: default.yaml',
        'questions:',
        '  # 4. 샤딩이란?',
        '  4:',
        '    keyPoints:',
        '      - 행을 여러 서버에 나누어 저장하는 방법입니다. 질문은 [email] 앞으로',
        '',
      ].join('\n'),
    );
  });

  it('writes comments in the language of the chapter', async () => {
    expect((await draftRubric(request())).yaml).toMatch(
      /^# 모범답안을 문장으로 나누어 .*초안입니다\.\n# 쓰기 전에 /u,
    );
  });
});

describe('with a model', () => {
  it('asks once for every question with a model answer', async () => {
    const { chat, model } = asking([replyWith(proposal('하나', '둘')), replyWith(proposal('셋', '넷'))]);
    const draft = await draftRubric(request({ model }));
    expect(await loaded(draft.yaml)).toEqual({ 1: ['하나', '둘'], 4: ['셋', '넷'] });
    expect(draft.yaml).toMatch(/^# judge-1이\(가\) /u);
    const sent = chat.requests.map(({ messages }) => messages.at(-1)?.content ?? '');
    expect(sent).toEqual([expect.stringContaining('인덱스란?'), expect.stringContaining('[email] 앞으로')]);
    expect(sent.join()).not.toContain('example.org');
  });

  it('marks key points whose quote is not in the model answer', async () => {
    const { model } = asking([replyWith(proposal('하나', '둘')), replyWith(proposal('셋', '넷'))]);
    const { questions: drafted, yaml } = await draftRubric(request({ model, language: 'en' }));
    expect(drafted.map(({ keyPoints }) => keyPoints.map(({ verified }) => verified))).toEqual([
      [true, true],
      [false, false],
    ]);
    expect(yaml.match(/^ {6}- [셋넷] # not found word for word in the model answer: check$/gmu)).toHaveLength(
      2,
    );
  });

  const failures: [what: string, step: Step, why: string][] = [
    ['malformed reply', replyWith('no'), "the model's reply did not have the required form"],
    ['refusal', replyWith('', { finish: { reason: 'refused', raw: 'r' } }), 'the model refused to reply'],
    ['failed request', modelError('timeout'), 'failure: timeout'],
  ];
  it.each(failures)('takes sentences after a %s, and says so', async (_what, step, why) => {
    const { model } = asking([step, replyWith(proposal('셋', '넷'))]);
    const draft = await draftRubric(request({ model, language: 'en' }));
    expect(draft.questions.map(({ fallback }) => fallback?.en ?? null)).toEqual([why, null]);
    expect(await loaded(draft.yaml)).toEqual({
      1: ['인덱스는 키가 정렬된 별도의 자료구조입니다', '쓰기는 느려지고 저장 공간도 차지합니다'],
      4: ['셋', '넷'],
    });
    expect(draft.yaml).toContain('# For 1 sentences were taken instead.\n');
  });

  it('ends with a failure that every further request would meet', async () => {
    const failure = modelError('authentication');
    const { model } = asking([failure, replyWith(proposal('셋', '넷'))]);
    await expect(draftRubric(request({ model }))).rejects.toBe(failure);
  });

  it('writes any key points so that they load as they were', async () => {
    const text = fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 150 })
      .filter((value) => value.trim() !== '');
    await fc.assert(
      fc.asyncProperty(fc.array(text, { minLength: 2, maxLength: 6 }), text, async (texts, question) => {
        const chapter = sampleChapter({ questions: [{ no: 7, text: question, modelAnswer: 'It is so.' }] });
        const { model } = asking([replyWith(proposal(...texts))]);
        const { yaml } = await draftRubric(request({ chapter, model }));
        expect(await loaded(yaml)).toEqual({ 7: texts.map((item) => item.replace(/\s+/gu, ' ').trim()) });
      }),
    );
  });
});

describe('what cannot be drafted', () => {
  it('is a question that is not in the chapter', async () => {
    await expect(draftRubric(request({ question: 3 }))).rejects.toThrow(
      "question 3 is not one of this chapter's questions, which are 1, 2, 4.",
    );
  });

  it('is a question without a model answer', async () => {
    await expect(draftRubric(request({ question: 2 }))).rejects.toThrow(/there is no model answer/u);
  });

  it('is a file that is there already', async () => {
    const files = memoryFiles({ 'rubrics/03장.yaml': 'extends: default.yaml' });
    await expect(checkIsNew('rubrics/04장.yaml', files)).resolves.toBeUndefined();
    await expect(checkIsNew('rubrics/03장.yaml', files)).rejects.toMatchObject({
      place: { file: 'rubrics/03장.yaml' },
      text: { en: expect.stringContaining('--out') },
    });
  });
});
