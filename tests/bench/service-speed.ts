import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gradeChapter, openStore } from '../../src/index.ts';
import { type Serving, startServing } from '../helpers/serving.ts';
import { type Bench, newDatabase, scaled } from './bench.ts';
import { startServer } from './children.ts';
import { atMost, type Figure, figure, median } from './figure.ts';
import { answerText, benchChapter, benchModel, benchRubric } from './material.ts';

const answers = 100;
const scoreboards = 2000;
const clients = 8;
const feedbacks = 40;
const modelLatencyMs = 100;
/** Requests of each kind that are not counted: modules are loaded and compiled. */
const warmUps = 20;

/** Requests a second that a server answers to some clients at once. */
async function rateOf(url: string, requests: number): Promise<number> {
  const ask = async () => {
    const response = await fetch(url);
    await response.text();
    if (!response.ok) throw new Error(`${url}: ${response.status}`);
  };
  for (let count = 0; count < warmUps; count += 1) await ask();
  let left = requests;
  const client = async () => {
    for (; left > 0; left -= 1) await ask();
  };
  const from = performance.now();
  await Promise.all(Array.from({ length: clients }, client));
  return (1000 * requests) / (performance.now() - from);
}

/** The rate of a server that does nothing but send the same text. */
async function bareRate(text: string, requests: number): Promise<number> {
  const server = createServer((_, response) => {
    response.writeHead(200, { 'content-type': 'application/json' }).end(text);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  try {
    return await rateOf(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, requests);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

async function millisecondsOf(work: () => Promise<Response>): Promise<number> {
  const from = performance.now();
  const response = await work();
  const text = await response.text();
  if (!response.ok) throw new Error(`${response.status}: ${text}`);
  return performance.now() - from;
}

/** How long feedback takes, and how long the model takes by itself, each after the other. */
async function feedbackTimes(bench: Bench, serving: Serving, baseUrl: string) {
  const ours: number[] = [];
  const bare: number[] = [];
  const rounds = scaled(bench, feedbacks) + warmUps;
  const headers = { 'content-type': 'application/json' };
  for (let round = 0; round < rounds; round += 1) {
    const request = { question: 'What for?', modelAnswer: answerText(0), answer: answerText(round + 1) };
    ours.push(await millisecondsOf(() => serving.send('POST', '/v1/feedback', request)));
    const body = JSON.stringify(bench.body);
    bare.push(
      await millisecondsOf(() => fetch(`${baseUrl}/chat/completions`, { method: 'POST', headers, body })),
    );
  }
  return { ours: median(ours.slice(warmUps)), bare: median(bare.slice(warmUps)) };
}

/** (i) The service: scoreboards a second beside a server of a fixed text, feedback beside the model alone. */
export async function measureService(bench: Bench): Promise<Figure[]> {
  const database = newDatabase(bench);
  const store = await openStore(database);
  await gradeChapter(benchChapter(answers), { judge: 'offline', rubric: benchRubric(), store });
  await store.close();
  using model = await startServer({ latencyMs: modelLatencyMs, policy: { kind: 'none' } });
  const env = { OPENAI_BASE_URL: model.baseUrl, OPENAI_API_KEY: 'key', ANSWER_GRADER_MODEL: benchModel };
  const options = ['--db', database, '--requests-per-minute', '0'];
  const serving = await startServing(bench.folder, options, env);
  try {
    const url = `${serving.url}/v1/chapters/bench/scoreboard`;
    const text = await (await fetch(url)).text();
    const requests = scaled(bench, scoreboards);
    const rates = { ours: await rateOf(url, requests), bare: await bareRate(text, requests) };
    const feedback = await feedbackTimes(bench, serving, model.baseUrl);
    return [
      figure('i', `scoreboards a second, ${clients} clients`, '/s', rates),
      figure('i', `feedback, model at ${modelLatencyMs} ms`, 'ms', {
        ...feedback,
        target: atMost(1.25, 'ratio'),
      }),
    ];
  } finally {
    serving.running.kill('SIGTERM');
    await serving.running.result;
  }
}
