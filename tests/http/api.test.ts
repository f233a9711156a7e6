import type { OpenAPIHono } from '@hono/zod-openapi';
import { describe, expect, test } from 'vitest';
import { createMemoryStore } from '../../src/store/memory-store.ts';
import {
  cachingId,
  cachingPage,
  gradedTestService,
  groupFiles,
  openTestService,
  runEnded,
} from '../helpers/grading-service.ts';
import { jsonRequest, testApp } from '../helpers/http-app.ts';
import { zipOf } from '../helpers/zips.ts';

const page = new TextDecoder().decode(cachingPage.bytes);
const path = `/v1/chapters/${cachingId}`;

async function json(app: OpenAPIHono, address: string, init?: RequestInit) {
  const response = await app.request(address, init);
  return {
    status: response.status,
    location: response.headers.get('location'),
    body: JSON.parse(await response.text()),
  };
}

function form(...files: File[]): RequestInit {
  const body = new FormData();
  for (const file of files) body.append('file', file);
  return { method: 'POST', body };
}

describe('chapters', () => {
  test('come as a file, as several or as text, and are shown as they were understood', async () => {
    const app = testApp();
    const asFile = await json(app, '/v1/chapters', form(new File([page], 'caching.md')));
    expect(asFile).toMatchObject({
      status: 201,
      location: path,
      body: { schemaVersion: 1, chapter: { id: cachingId, title: '5 Caching' } },
    });
    const asText = await json(app, '/v1/chapters', jsonRequest('POST', { name: 'caching.md', text: page }));
    expect(asText).toEqual(asFile);
    const table =
      'member,chapter,question,answer,reference\nAnn,A,Why?,So.,Because.\nAnn,B,Why?,So.,Because.\n';
    const files = [new File([page], 'caching.md'), new File([table], 'two.csv')];
    const several = await json(app, '/v1/chapters', form(...files));
    expect(several.location).toBeNull();
    expect(several.body.chapters.map((one: { chapter: { id: string } }) => one.chapter.id)).toEqual([
      cachingId,
      'A',
      'B',
    ]);
    expect((await json(app, path)).body).toEqual(asFile.body);
    const list = await json(app, '/v1/chapters');
    expect(list.body.chapters).toContainEqual({
      id: cachingId,
      title: '5 Caching',
      isUploaded: true,
      isGraded: false,
    });
  });

  test('come in a zip, which is refused like any document where something is wrong with it', async () => {
    const app = testApp();
    const zip = await zipOf({ '5/caching.md': page, 'README.md': '# How to\n\nA text.\n' });
    const made = await json(app, '/v1/chapters', form(new File([new Uint8Array(zip)], 'export.zip')));
    expect(made).toMatchObject({ status: 201, location: path, body: { chapter: { id: cachingId } } });
    expect(made.body.warnings).toContainEqual(
      expect.objectContaining({ code: 'document_skipped', file: 'export.zip!README.md' }),
    );
    const cut = new File([new Uint8Array(zip.subarray(0, 99))], 'export.zip');
    const refused = await json(app, '/v1/chapters', form(cut));
    expect(refused.status).toBe(422);
    expect(refused.body.detail).toContain('the archive is damaged');
  });

  test('bear Korean names in addresses', async () => {
    const app = testApp();
    const korean = page.replace('5 Caching', '05장 캐시와 기억');
    const made = await json(app, '/v1/chapters', jsonRequest('POST', { name: '캐시.md', text: korean }));
    expect(made.location).toBe(`/v1/chapters/${encodeURIComponent('05장-캐시와-기억')}`);
    expect((await json(app, made.location ?? '')).body.chapter.title).toBe('05장 캐시와 기억');
  });

  test('have warnings in the language asked for', async () => {
    const app = testApp();
    const text = page.replace(/💡/gu, '');
    await app.request('/v1/chapters', jsonRequest('POST', { name: 'caching.md', text }));
    const messages = async (language: string) => {
      const { body } = await json(app, path, { headers: { 'accept-language': language } });
      return body.warnings.map(({ message }: { message: string }) => message).join();
    };
    expect(await messages('ko-KR,ko;q=0.9,en;q=0.8')).toMatch(/\p{Script=Hangul}/u);
    expect(await messages('de,en;q=0.5')).not.toMatch(/\p{Script=Hangul}/u);
  });

  test('are refused where nothing can be read', async () => {
    const app = testApp();
    const image = new File([new Uint8Array([137, 80, 78, 71, 0, 1, 2, 255])], '../../etc/image.md');
    const { status, body } = await json(app, '/v1/chapters', form(image));
    expect(status).toBe(422);
    expect(body).toMatchObject({ code: 'invalid', status: 422 });
    expect(body.detail).not.toContain('etc');
    expect((await json(app, '/v1/chapters', form())).body.errors).toEqual([
      { pointer: '/file', message: 'a file is missing; send it under the name "file"' },
    ]);
    const { body: unknown } = await json(app, '/v1/chapters/none');
    expect(unknown).toMatchObject({ status: 404, code: 'not_found', detail: 'there is no chapter "none".' });
  });

  test('may choose among rubrics', async () => {
    const { body } = await json(testApp(), '/v1/rubrics');
    expect(body).toEqual({ schemaVersion: 1, rubrics: ['default', cachingId] });
  });
});

describe('runs', () => {
  test('are estimated, asked for, found again and listed', async () => {
    const { service } = openTestService();
    const app = testApp({}, service);
    await service.upload(cachingPage);
    const estimate = await json(app, `${path}/estimate`, { method: 'POST' });
    expect(estimate.body).toMatchObject({ schemaVersion: 1, judge: 'offline', requests: 0, costUsd: 0 });
    const asked = await json(app, `${path}/runs`, jsonRequest('POST', { language: 'en', member: 'Ann' }));
    expect(asked).toMatchObject({ status: 202, location: '/v1/runs/1' });
    expect(asked.body).toMatchObject({
      id: 1,
      chapter: cachingId,
      options: { member: 'Ann' },
      failure: null,
    });
    await runEnded(service, 1);
    const { body } = await json(app, '/v1/runs/1');
    expect(body).toMatchObject({ state: 'finished', progress: null, totals: { attempts: 2 } });
    expect((await json(app, `${path}/runs`)).body.runs).toEqual([{ ...body, schemaVersion: undefined }]);
    expect((await json(app, '/v1/runs/1/stop', { method: 'POST' })).body.state).toBe('finished');
  });

  test('are not started twice at once', async () => {
    const { service } = openTestService();
    const app = testApp({}, service);
    await service.upload(cachingPage);
    const [first, second] = await Promise.all(
      [1, 2].map(async () => app.request(`${path}/runs`, { method: 'POST' })),
    );
    expect([first?.status, second?.status].sort()).toEqual([202, 409]);
    await runEnded(service, 1);
  });

  test.each([
    ['an option that is not there', { judge: 'offline', speed: 9 }, ''],
    ['a judge that is not there', { judge: 'me' }, '/judge'],
    ['a rubric with folders', { rubric: '../secret' }, '/rubric'],
    ['a question that is no number', { question: '1' }, '/question'],
    ['a cost below nothing', { maxCostUsd: -1 }, '/maxCostUsd'],
    ['a pace below one request a minute', { modelRequestsPerMinute: 0.5 }, '/modelRequestsPerMinute'],
  ])('are refused with %s', async (_, options, pointer) => {
    const { service } = openTestService();
    await service.upload(cachingPage);
    const { status, body } = await json(testApp({}, service), `${path}/runs`, jsonRequest('POST', options));
    expect(status).toBe(422);
    expect(body.errors).toEqual([{ pointer, message: expect.any(String) }]);
    expect(await service.runs(cachingId)).toEqual([]);
  });

  test.each(['0', '-1', '1.5', 'abc', '99999999999999999999', '7', '0x1', '1e0', '01', '%201'])(
    'are not there as number %s',
    async (id) => {
      expect((await json(testApp(), `/v1/runs/${id}`)).body).toMatchObject({
        status: 404,
        code: 'not_found',
      });
    },
  );
});

describe('grades', () => {
  test('are given with the scoreboard, and one by one', async () => {
    const { service } = await gradedTestService();
    const app = testApp({}, service);
    const { body } = await json(app, `${path}/grades`);
    expect(body).toMatchObject({ schemaVersion: 1, chapter: { id: cachingId } });
    expect(body.grades).toHaveLength(5);
    expect(body.scoreboard.map((row: { member: string }) => row.member)).toContain('=Cem');
    const [grade] = body.grades;
    const full = await json(app, `/v1/grades/${grade.id}`);
    expect(full.body).toMatchObject({ schemaVersion: 1, grade, history: [], question: expect.any(String) });
    const board = await json(app, `${path}/scoreboard`);
    expect(board.body).toMatchObject({
      scoreboard: body.scoreboard,
      judge: { kinds: ['offline'], models: [] },
    });
    expect((await json(app, '/v1/scoreboard')).body).toEqual(board.body);
  });

  test('are not there before something was graded', async () => {
    const { service } = openTestService();
    await service.upload(cachingPage);
    const app = testApp({}, service);
    for (const what of ['grades', 'scoreboard', 'review'])
      expect((await json(app, `${path}/${what}`)).status).toBe(404);
    expect((await json(app, '/v1/grades/1')).status).toBe(404);
    const headers = { 'accept-language': 'ko' };
    expect((await json(app, '/v1/scoreboard', { headers })).body).toMatchObject({
      status: 404,
      code: 'not_found',
      detail: '아직 채점한 단원이 없습니다. 먼저 단원을 채점하세요.',
    });
  });

  test('are decided on by people, by score or level, and given back to the machine', async () => {
    const { service } = await gradedTestService();
    const app = testApp({}, service);
    const [grade] = (await json(app, `${path}/grades`)).body.grades;
    const review = `/v1/grades/${grade.id}/review`;
    const signature = { reason: ' Right idea ', by: 'leader' };
    const decided = await json(app, review, jsonRequest('PUT', { score: 60, ...signature }));
    expect(decided.body.grade).toMatchObject({ score: 60, override: { by: 'leader', reason: 'Right idea' } });
    const queue = await json(app, `${path}/review`);
    expect(queue.body.grades.map((one: { id: number }) => one.id)).toContain(grade.id);
    const { id, level } = grade.keyPoints[0];
    const byLevel = await json(app, review, jsonRequest('PUT', { levels: { [id]: level }, ...signature }));
    expect(byLevel.body.grade.override.levels).toEqual({ [id]: level });
    const cleared = await json(app, `${review}?by=leader`, { method: 'DELETE' });
    expect(cleared.body.grade).toMatchObject({ score: grade.score, override: null });
    const { history } = (await json(app, `/v1/grades/${grade.id}`)).body;
    expect(history.map(({ action }: { action: string }) => action)).toEqual(['set', 'set', 'clear']);
    expect((await json(app, review, jsonRequest('DELETE', { by: 'leader' }))).status).toBe(422);
    expect((await json(app, review, { method: 'DELETE' })).body.errors[0].pointer).toBe('/by');
  });

  test.each([
    ['both score and levels', { score: 1, levels: {}, reason: 'r', by: 'b' }],
    ['neither score nor levels', { reason: 'r', by: 'b' }],
    ['too high a score', { score: 101, reason: 'r', by: 'b' }],
    ['a blank reason', { score: 1, reason: '  ', by: 'b' }],
    ['nobody', { score: 1, reason: 'r' }],
    ['a list', []],
  ])('are not decided on with %s', async (_, body) => {
    const { service } = await gradedTestService();
    const app = testApp({}, service);
    const [grade] = (await json(app, `${path}/grades`)).body.grades;
    const { status } = await json(app, `/v1/grades/${grade.id}/review`, jsonRequest('PUT', body));
    expect(status).toBe(422);
    expect((await json(app, `/v1/grades/${grade.id}`)).body.history).toEqual([]);
  });

  test.each([
    [{ score: 1, levels: { k1: 'covered' } }, 'en', '', 'exactly one of "score" and "levels" is needed'],
    [{}, 'ko', '', '"score"와 "levels" 가운데 정확히 하나가 있어야 합니다'],
    [{ score: -1 }, 'ko', '/score', '0 이상이어야 합니다'],
    [{ score: '1' }, 'en', '/score', 'Invalid input: expected number, received string'],
    [{ score: '1' }, 'ko', '/score', '숫자여야 합니다'],
    [{ score: 1, by: undefined }, 'ko', '/by', '값이 없습니다'],
    [{ score: 1, why: 'x' }, 'ko', '', '알 수 없는 항목입니다: why'],
  ])(
    'are refused with a sentence in the language asked for: %o, %s',
    async (parts, language, pointer, message) => {
      const { service } = await gradedTestService();
      const request = jsonRequest('PUT', { reason: 'r', by: 'b', ...parts });
      const headers = { 'content-type': 'application/json', 'accept-language': language };
      const { body } = await json(testApp({}, service), '/v1/grades/1/review', { ...request, headers });
      expect(body.errors).toEqual([{ pointer, message }]);
    },
  );

  test('are decided on in words of this interface, not of the command line', async () => {
    const files = groupFiles();
    const { service } = await gradedTestService({ files });
    const app = testApp({}, service);
    const changed =
      'extends: default.yaml\nquestions: { 1: { keyPoints: [Something new, Something else] } }\n';
    await files.write(`/group/rubrics/${cachingId}.yaml`, changed);
    const [grade] = (await json(app, `${path}/grades`)).body.grades;
    const decision = { levels: { k1: 'covered' }, reason: 'r', by: 'b' };
    const { status, body } = await json(app, `/v1/grades/${grade.id}/review`, jsonRequest('PUT', decision));
    expect(status).toBe(422);
    expect(body.detail).toBe('the levels of k2 are not known; give them as well, or a score instead.');
  });

  test('break off rather than end early where they cannot be read to the end', async () => {
    const { service } = await gradedTestService();
    const [grade] = await Array.fromAsync((await service.grades(cachingId)).grades);
    const faultAfter = (count: number) => {
      const logged: unknown[] = [];
      async function* grades() {
        for (let done = 0; done < count; done += 1) yield grade!;
        throw new Error('the disk is gone');
      }
      const failing = {
        ...service,
        grades: async () => ({ chapter: { id: 'a', title: 'A' }, grades: grades(), scoreboard: [] }),
      };
      const app = testApp({ log: (fault) => logged.push(fault) }, failing);
      return { logged, response: app.request('/v1/chapters/a/grades') };
    };
    const late = faultAfter(500);
    await expect((await late.response).text()).rejects.toThrow();
    expect(late.logged).toEqual([new Error('the disk is gone')]);
    const early = faultAfter(0);
    expect((await early.response).status).toBe(500);
    expect(early.logged).toHaveLength(1);
  });
});

describe('feedback', () => {
  const free = {
    question: 'What is a cache?',
    modelAnswer: 'A small fast store that keeps copies of data.',
    answer: 'A small fast store that keeps copies.',
  };

  test('grades an answer of its own and one to a question of a chapter, and keeps neither', async () => {
    const store = createMemoryStore();
    const { service } = openTestService({ store });
    await service.upload(cachingPage);
    const app = testApp({}, service);
    const own = await json(app, '/v1/feedback', jsonRequest('POST', free));
    expect(own).toMatchObject({ status: 200, body: { schemaVersion: 1, grade: { state: 'graded' } } });
    const { answer } = free;
    const known = { chapter: cachingId, question: 1, answer, language: 'ko' };
    const inChapter = await json(app, '/v1/feedback', jsonRequest('POST', known));
    expect(inChapter.body.grade).toMatchObject({ state: 'graded', question: 1 });
    expect(store.chapterNames()).toEqual([]);
  });

  test('is in the language that the body asks for, else in that of question and model answer', async () => {
    const app = testApp({ language: 'ko' });
    const summaryOf = async (asked: object) => {
      const request = jsonRequest('POST', { ...free, ...asked });
      const headers = { 'content-type': 'application/json', 'accept-language': 'ko' };
      return (await json(app, '/v1/feedback', { ...request, headers })).body.grade.feedback.summary;
    };
    expect(await summaryOf({})).not.toMatch(/\p{Script=Hangul}/u);
    expect(await summaryOf({ language: 'ko' })).toMatch(/\p{Script=Hangul}/u);
  });

  test('says what is missing of the form that is nearest', async () => {
    const { modelAnswer: _, ...rest } = free;
    const { status, body } = await json(testApp(), '/v1/feedback', jsonRequest('POST', rest));
    expect(status).toBe(422);
    expect(body.errors.map(({ pointer }: { pointer: string }) => pointer)).toEqual(['/modelAnswer']);
  });

  test('takes no text beyond 100,000 characters', async () => {
    const long = { ...free, answer: 'a'.repeat(100_001) };
    const { body } = await json(testApp(), '/v1/feedback', jsonRequest('POST', long));
    expect(body.errors).toEqual([{ pointer: '/answer', message: expect.any(String) }]);
  });
});
