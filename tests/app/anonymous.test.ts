import { describe, expect, test } from 'vitest';
import { chapterReport } from '../../src/reports/html/chapter-report.ts';
import type { ChapterReport } from '../../src/reports/html/report-data.ts';
import { openTestService, runEnded } from '../helpers/grading-service.ts';
import { chapterPage } from '../helpers/run-cli.ts';

/** The report without names of a chapter that is graded with the baseline. */
async function anonymousReportOf(chapter: Parameters<typeof chapterPage>[0]): Promise<ChapterReport> {
  const { service } = openTestService();
  const bytes = new TextEncoder().encode(chapterPage(chapter));
  const [handedIn] = await service.upload({ name: 'chapter.md', bytes });
  const id = handedIn?.id ?? '';
  await runEnded(service, (await service.startRun(id, {})).id);
  return service.report(id, { anonymous: true });
}

async function anonymousPage(chapter: Parameters<typeof chapterPage>[0]): Promise<string> {
  return (await Array.fromAsync(chapterReport(await anonymousReportOf(chapter)))).join('');
}

const questions = [
  { text: 'What is a queue for?', modelAnswer: 'It keeps jobs until a worker has time for them.' },
];

describe('a page without names', () => {
  test('tells none from title, question and model answer', async () => {
    const page = await anonymousPage({
      title: '3 Queues, by Benedict',
      members: { Benedict: { 1: 'It keeps jobs until a worker has time.' } },
      questions: [
        {
          text: 'What is a queue for, Benedict asks (benedict@example.com)?',
          modelAnswer: 'As Benedict says, it keeps jobs until a worker has time for them.',
        },
      ],
    });
    expect(page).not.toMatch(/benedict/iu);
    expect(page).toContain('3 Queues, by [member]');
  });

  test.each([
    ['a link on its own', 'see https://blog.example/@benedict/queues for more'],
    ['a link in angle brackets', 'see <https://blog.example/benedict> for more'],
    ['a link defined below', 'see [this][1] for more\n\n[1]: ./notes-of-benedict.md'],
    ['an address without a scheme', 'see www.benedict.example for more'],
    ['a name in parts of markup', 'as **Bene**dict says'],
    ['a name spelled by number', 'as &#66;enedict says'],
    ['a name with something unseen in it', 'as Bene\u200bdict says'],
    ['a name', 'as Benedict says'],
  ])('tells none by %s in an answer', async (_, text) => {
    const page = await anonymousPage({
      title: '3 Queues',
      members: { Benedict: { 1: `It keeps jobs until a worker has time, ${text}` } },
      questions,
    });
    const visible = page.replace(/<[^>]*>/gu, '').replace(/[*\u200b]/gu, '');
    expect(`${page}${visible}`).not.toMatch(/benedict|&#66;/iu);
  });

  test.each(['박서준님', '🌱박서준', '1조 박서준', '박서준 (발표)'])(
    'knows %s by the plain name',
    async (member) => {
      const page = await anonymousPage({
        title: '3 Queues',
        members: { [member]: { 1: '일이 밀릴 때 차례를 지키는 것이라고 박서준이 말했다.' } },
        questions,
      });
      expect(page).not.toContain('박서준');
    },
  );

  test('tells none by the grades without the answers, nor by one member alone', async () => {
    const { grades, answersOf } = await anonymousReportOf({
      title: '3 Queues',
      members: { Benedict: { 1: 'It keeps jobs until a worker has time, as Benedict says.' } },
      questions,
    });
    const [grade] = await Array.fromAsync(grades);
    const own = await answersOf('Member 1');
    expect(own).toMatchObject({ member: 'Member 1', answers: [{ grade: { member: 'Member 1' } }] });
    expect(own?.answers.map((answer) => answer.grade)).toEqual([grade]);
    expect(JSON.stringify(own)).not.toMatch(/benedict/iu);
    expect(await answersOf('Benedict')).toBeNull();
  });

  test('names who missed something by number, not by the order of the page', async () => {
    const { studyList } = await anonymousReportOf({
      title: '3 Queues',
      members: {
        Ann: { 1: 'no idea' },
        Ben: { 1: 'It keeps jobs until a worker has time for them.' },
        Cem: { 1: 'A worker is fast.' },
      },
      questions,
    });
    const missedBy = studyList.flatMap(({ points }) => points.flatMap((point) => point.missedBy));
    expect(missedBy.map(({ member }) => member)).toEqual(['Member 2', 'Member 3']);
  });
});
