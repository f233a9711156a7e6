import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { environmentFor, type LoopbackModel, startLoopbackModel } from '../helpers/loopback-model.ts';
import {
  createWorkspace,
  type GradeDocument,
  type ImportDocument,
  jsonOf,
  patience,
  repository,
  type Workspace,
} from '../helpers/run-cli.ts';

const file = join(repository, '../shared/seeds/01단원.md');
const isThere = existsSync(file);
const name = isThere ? 'the real input' : 'the real input (skipped: ../shared is not beside the repository)';

describe.skipIf(!isThere)(name, () => {
  let workspace: Workspace;
  let model: LoopbackModel;
  let document: GradeDocument;
  let members: string[];
  let again: GradeDocument;
  let requests: LoopbackModel['requests'];
  beforeAll(async () => {
    workspace = await createWorkspace();
    model = await startLoopbackModel();
    const env = environmentFor(model);
    const imported = jsonOf<ImportDocument>(await workspace.run(['import', file, '--json']));
    members = [...new Set(imported.submissions.map((item) => item.member))];
    document = jsonOf(await workspace.run(['grade', file, '--judge', 'llm', '--json'], { env }));
    requests = [...model.requests];
    again = jsonOf(await workspace.run(['grade', file, '--judge', 'llm', '--json'], { env }));
  }, patience);
  afterAll(async () => {
    await workspace[Symbol.asyncDispose]();
    await model.close();
  });

  test('takes exactly 15 requests', () => {
    expect(requests).toHaveLength(15);
    expect(document.totals).toMatchObject({ requests: 15, graded: 15, ungraded: 0, notAttempted: 4 });
  });

  test('asks for a strict JSON schema each time', () => {
    const formats = requests.map(({ body }) => body.response_format);
    expect(formats.map((format) => [format?.type, format?.json_schema?.strict])).toEqual(
      requests.map(() => ['json_schema', true]),
    );
  });

  test('sends no name of a member', () => {
    const wire = requests.map((request) => request.raw).join('\n');
    expect(members.length).toBeGreaterThan(1);
    expect(members.filter((member) => wire.includes(member))).toEqual([]);
  });

  test('sends no @ and no file name', () => {
    const wire = requests.map((request) => request.raw).join('\n');
    expect(wire).not.toMatch(/@|01단원|seeds/u);
  });

  test('takes no request the second time', () => {
    expect(model.requests).toHaveLength(requests.length);
    expect(again.scoreboard).toEqual(document.scoreboard);
  });
});
