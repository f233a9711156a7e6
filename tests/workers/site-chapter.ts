import { expect } from 'vitest';
import { answerIn, type RecordedRequest } from '../helpers/loopback-model.ts';
import { chapterPage } from '../helpers/run-cli.ts';
import type { Serving } from '../helpers/serving.ts';
import type { Site } from './site.ts';

interface EndedRun {
  state: string;
  failure: string | null;
  totals: { attempts: number; graded: number; ungraded: number; requests: number; costUsd: number } | null;
}

interface Grades {
  grades: { member: string; question: number; state: string }[];
}

/** A chapter all of whose answers need the model. */
export interface SiteChapter {
  answers: number;
  handIn(serving: Serving): Promise<void>;
  startRun(serving: Serving, options?: object): Promise<Response>;
  /** Hands the chapter in and asks for its run. @returns the run's number */
  askForRun(serving: Serving, options?: object): Promise<number>;
  /** The requests about its answers, in the order in which they came. */
  requests(): RecordedRequest[];
  /** Requests beyond one for each answer. */
  repeated(): number;
  /** How many answers have a grade; fails where one has two that stand. */
  graded(serving: Serving): Promise<number>;
  /** Waits for a run's end. */
  ended(serving: Serving, run: number): Promise<EndedRun>;
  /** Waits for a run's end and checks that nothing was lost, and that no more was repeated than may be. */
  expectWhole(serving: Serving, run: number, mostRepeated: number): Promise<EndedRun>;
}

const numbers = (count: number) => Array.from({ length: count }, (_, index) => index + 1);

/** @param name one word, which no other chapter of the site has */
function pageOf(name: string, questions: number, members: number): string {
  const answersOf = (member: number) =>
    numbers(questions).map((no) => [
      no,
      `Paper ${name}-${no}-${member}: whoever comes later has to wait until the data is free.`,
    ]);
  return chapterPage({
    title: `1 ${name}`,
    questions: numbers(questions).map((no) => ({
      text: `What does a lock of kind ${no} protect?`,
      modelAnswer: 'Rows that two transactions would change at once; the second waits for the first.',
    })),
    members: Object.fromEntries(
      numbers(members).map((member) => [
        `Member${String(member).padStart(3, '0')}`,
        Object.fromEntries(answersOf(member)),
      ]),
    ),
  });
}

/** @param questions how many, each of which every member answers */
export function siteChapter(site: Site, name: string, questions = 2, members = 60): SiteChapter {
  const path = `/v1/chapters/1-${name}`;
  const answers = questions * members;
  const requests = () => site.model.requests.filter((request) => answerIn(request).includes(` ${name}-`));
  const asked = () => new Set(requests().map(answerIn)).size;
  const repeated = () => requests().length - asked();

  async function handIn(serving: Serving): Promise<void> {
    const document = { name: `${name}.md`, text: pageOf(name, questions, members) };
    expect((await serving.send('POST', '/v1/chapters', document)).status).toBe(201);
  }

  const startRun = (serving: Serving, options: object = {}) => serving.send('POST', `${path}/runs`, options);

  async function graded(serving: Serving): Promise<number> {
    const { grades } = await serving.get<Grades>(`${path}/grades`);
    const there = grades.filter(({ state }) => state === 'graded');
    expect(new Set(there.map(({ member, question }) => `${member} ${question}`)).size).toBe(there.length);
    return there.length;
  }

  const ended = async (serving: Serving, run: number) => (await serving.ended(run)) as EndedRun;

  return {
    answers,
    handIn,
    startRun,
    async askForRun(serving, options) {
      await handIn(serving);
      const started = await startRun(serving, options);
      expect(started.status).toBe(202);
      return ((await started.json()) as { id: number }).id;
    },
    requests,
    repeated,
    graded,
    ended,
    async expectWhole(serving, run, mostRepeated) {
      const end = await ended(serving, run);
      expect(end).toMatchObject({ state: 'finished', failure: null });
      expect(end.totals).toMatchObject({ attempts: answers, graded: answers, ungraded: 0 });
      expect(await graded(serving)).toBe(answers);
      expect(asked()).toBe(answers);
      expect(repeated()).toBeLessThanOrEqual(mostRepeated);
      return end;
    },
  };
}
