import { execFile, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { completion, environmentFor, startLoopbackModel, verdictFor } from '../helpers/loopback-model.ts';
import { createWorkspace, type GradeDocument, jsonOf, patience, repository } from '../helpers/run-cli.ts';

/** Begins a command that may mount a file system of its own, seen by nobody else. */
const [unshare = '', ...apart] = ['unshare', '--user', '--map-root-user', '--mount', 'sh', '-c'];
const mount = 'mkdir disk && mount -t tmpfs -o size=400k tmpfs disk';
const mayMount = spawnSync(unshare, [...apart, 'mount -t tmpfs tmpfs /tmp']).status === 0;

test(
  'a disk that fills up in the middle ends the run with a sentence, and what was paid is kept',
  async ({ skip }) => {
    skip(!mayMount, 'needs to mount a small disk');
    await using workspace = await createWorkspace();
    await using model = await startLoopbackModel({
      handler: (request) => {
        const verdict = JSON.parse(verdictFor(request)) as { feedback: { summary: string } };
        verdict.feedback.summary = 'A long word of praise. '.repeat(2000);
        return completion(request, JSON.stringify(verdict));
      },
    });
    await workspace.addSample({ rubric: true });
    const grade = ['grade', 'answers', '--judge', 'llm', '--concurrency', '1', '--json', '--db'];
    const command = [process.execPath, join(repository, 'src/cli/bin.ts'), ...grade, 'disk/grades.db'];
    const script = `${mount} && { "$@"; code=$?; cp -r disk kept; exit $code; }`;
    const options = {
      cwd: workspace.folder,
      env: { PATH: process.env['PATH'], LC_ALL: 'C', ...environmentFor(model) },
    };
    const ended: unknown = await promisify(execFile)(
      unshare,
      [...apart, script, 'sh', ...command],
      options,
    ).catch((error: unknown) => error);
    expect(ended).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/^.*grades\.db: the database: the disk (?:is full|could not be).*\.$/mu),
    });
    expect((ended as { stderr: string }).stderr).not.toMatch(/^ {4}at /mu);

    const paid = model.requests.length;
    const database = new DatabaseSync(workspace.path('kept/grades.db'));
    const kept = Number(database.prepare('SELECT count(*) AS count FROM replies').get()?.['count']);
    database.close();
    // The one that did not fit is all that was paid in vain.
    expect([kept, kept > 0]).toEqual([paid - 1, true]);
    const resumed = await workspace.run([...grade, 'kept/grades.db'], { env: environmentFor(model) });
    const { totals } = jsonOf<GradeDocument>(resumed);
    expect(totals).toMatchObject({ ungraded: 0, requests: totals.graded - kept });
  },
  patience,
);
