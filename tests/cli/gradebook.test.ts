import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { environmentFor, failure, startLoopbackModel } from '../helpers/loopback-model.ts';
import { chapterPage, createWorkspace, patience, type Workspace } from '../helpers/run-cli.ts';

const question = { text: 'What is a lock?', modelAnswer: 'It keeps others out while one writes.' };
const page = chapterPage({
  title: '1 Locks',
  members: {
    Ann: { 1: 'It lets one write at a time.' },
    Ben: { 1: 'It is made of bananas, I believe.' },
    Cid: { 1: '' },
  },
  questions: [question],
});

let workspace: Workspace;
beforeAll(async () => {
  workspace = await createWorkspace();
  await workspace.write('locks.md', page);
  await workspace.write('roster.csv', 'member,email\nAnn,ann@example.org\nCid,cid@example.org\n');
  // Ben's answer stays ungraded.
  await using model = await startLoopbackModel({
    handler: (request) => (request.raw.includes('bananas') ? failure(400, 'not this one') : undefined),
  });
  await workspace.run(['grade', 'locks.md'], { env: environmentFor(model) });
}, patience);
afterAll(() => workspace[Symbol.asyncDispose]());

const gradebook = (...options: string[]) =>
  workspace.run(['scoreboard', '--format', 'gradebook', ...options]);

test('is for Moodle; a missing score is said and is no zero, a blank answer is one', async () => {
  expect(await gradebook('--roster', 'roster.csv')).toEqual({
    code: 0,
    stdout:
      '\uFEFFMember,Email address,1 Locks\nAnn,ann@example.org,100.0\nBen,? Ben,-\nCid,cid@example.org,0.0\n',
    stderr:
      'the roster does not tell who these are: Ben; their lines say "? name" where Moodle looks for the person, so fill them in or take them out first.\n' +
      'left without a score, which is no zero, for ungraded answers: Ben (1 Locks); grade them and write the file again.\n',
  });
});

test('is for Canvas with --for canvas', async () => {
  const { code, stdout, stderr } = await gradebook('--for', 'canvas', '--lang', 'ko');
  expect({ code, stdout }).toEqual({
    code: 0,
    stdout:
      '\uFEFFStudent,ID,SIS User ID,SIS Login ID,Section,1 Locks\n    Points Possible,,,,,100.0\nAnn,,,,,100.0\nBen,,,,,\nCid,,,,,0.0\n',
  });
  expect(stderr).toContain('채점되지 않은 답이 있어 점수를 비워 두었습니다(0점이 아닙니다): Ben (1 Locks)');
});

describe('is refused in one sentence', () => {
  test('without names', async () => {
    expect(await gradebook('--anonymous')).toEqual({
      code: 2,
      stdout: '',
      stderr: 'a gradebook must say whose scores they are, so it does not go with --anonymous.\n',
    });
  });

  test.each([
    ['--for with another format', ['scoreboard', '--for', 'canvas']],
    ['--roster with JSON', ['scoreboard', '--format', 'gradebook', '--json', '--roster', 'roster.csv']],
  ])('%s', async (_what, args) => {
    expect(await workspace.run(args)).toEqual({
      code: 2,
      stdout: '',
      stderr: '--for and --roster go with --format gradebook.\n',
    });
  });

  test('with a roster that is not there', async () => {
    const { code, stderr } = await gradebook('--roster', 'nowhere.csv');
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: 'nowhere.csv: there is no such file; check the path.\n',
    });
  });
});
