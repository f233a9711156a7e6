import { describe, expect, it } from 'vitest';
import { requestFor } from '../../src/app/batch-requests.ts';
import { exportPages } from '../../src/app/hand-export.ts';
import { planGrading } from '../../src/app/plan.ts';
import { InputError } from '../../src/core/errors.ts';
import { readReply } from '../../src/judge/read-reply.ts';
import { requestKey } from '../../src/judge/request-key.ts';
import { goodAnswer, loadedRubric, sampleChapter } from '../helpers/sample-material.ts';
import { replyWith } from '../helpers/scripted-model.ts';
import { exported } from './hand-pages.ts';

describe('exportPages', () => {
  it('writes a page for each answer that needs a judge, and an index', async () => {
    const { result, files, pages } = await exported();
    expect(result).toEqual({ pages: 3, answers: 3, settled: 3, kept: 0 });
    expect([...files.written.keys()]).toEqual([
      '/pages/001.md',
      '/pages/002.md',
      '/pages/003.md',
      '/pages/index.json',
    ]);
    expect(
      pages.map(({ answers }) => answers.map(({ member, question }) => `${member} ${question}`)),
    ).toEqual([['나래 1'], ['나래 1'], ['가람 2']]);
  });

  it('has the keys of direct requests in the index', async () => {
    const { pages } = await exported();
    const planned = planGrading(sampleChapter(), loadedRubric().rubric, 'ko', {}, 'file');
    const target = { model: 'judge-1', endpoint: undefined };
    const direct = planned
      .filter(({ triage }) => triage.decision === 'judge')
      .map((attempt) => requestKey(requestFor(attempt, target)));
    expect(pages.flatMap(({ answers }) => answers.map(({ key }) => key)).toSorted()).toEqual(
      direct.toSorted(),
    );
    for (const { answers } of pages) for (const { id, key } of answers) expect(key.startsWith(id)).toBe(true);
  });

  it('says everything a request says, the form of the reply, and where it goes; and no name', async () => {
    const { page, pages } = await exported();
    const text = page(2);
    const [sheet] = pages.slice(1, 2);
    const [answer] = sheet?.answers ?? [];
    expect(text).toContain(answer?.request.messages[0]?.content);
    for (const part of (answer?.request.messages[1]?.content ?? 'nothing').split('# Answer\n'))
      expect(text).toContain(part);
    expect(text).toContain(goodAnswer);
    expect(text).toContain(`"id": "${answer?.id}"`);
    expect(text).toContain('  - k1: missing, partial, covered');
    expect(text.trimEnd().split('\n').at(-1)).toBe(
      `===== Paste the reply below this line · ${sheet?.token} =====`,
    );
    expect(text).not.toContain('나래');
  });

  it('shows a form that is itself no verdict', async () => {
    const { page, pages } = await exported();
    const criteria = pages[0]?.answers[0]?.criteria ?? [];
    const shown = /```json\n([\s\S]*?)\n```/u.exec(page(1))?.[1] ?? '';
    const { id: _, ...example } = JSON.parse(shown) as { id: string };
    expect(readReply(replyWith(example), criteria)).toMatchObject({ failure: 'malformed_reply' });
  });

  it('puts several answers to one question on a page, and says the question once', async () => {
    const { page, pages, result } = await exported({ perPage: 5 });
    expect(result.pages).toBe(2);
    expect(pages.map(({ answers }) => answers.length)).toEqual([2, 1]);
    expect(page(1)).toContain('There are 2 answers');
    expect(page(1).split('# Question\n')).toHaveLength(2);
    for (const { id } of pages[0]?.answers ?? []) expect(page(1)).toContain(`# Answer ${id}\n`);
    expect(page(2)).toContain('Reply with one JSON object');
  });

  it('speaks to the person in their language', async () => {
    const { page } = await exported({ language: 'ko' });
    expect(page(1)).toMatch(/^아래 내용을 모두 복사해/u);
    expect(page(1)).toContain('이 줄 아래에 답을 붙여 넣으세요 (Paste the reply below this line)');
  });

  it('leaves out what has a reply, and writes nothing when that is all', async () => {
    const { replies, pages } = await exported();
    const reply = JSON.stringify(replyWith('{}'));
    for (const { answers } of pages) for (const { key } of answers) replies.keepReplies([[key, reply]]);
    const again = await exported({ replies });
    expect(again.result).toEqual({ pages: 0, answers: 0, settled: 3, kept: 3 });
    expect(again.files.written.size).toBe(0);
  });

  it('never writes over pages that may be filled in', async () => {
    const { request, page, paste } = await exported();
    await paste(1, 'a reply');
    await expect(exportPages(request)).rejects.toThrow(InputError);
    expect(page(1)).toMatch(/a reply$/u);
  });
});
