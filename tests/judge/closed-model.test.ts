import { expect, test } from 'vitest';
import { closedModel } from '../../src/judge/closed-model.ts';
import { noSignal, sampleRequest } from '../helpers/scripted-model.ts';

test('never replies, and does not stop the run by it', async () => {
  const failure = closedModel.reply(sampleRequest(), noSignal);
  await expect(failure).rejects.toMatchObject({ stopsRun: false, isPassing: false });
});
