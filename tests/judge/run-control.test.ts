import { describe, expect, it } from 'vitest';
import { createRunControl, stoppedError } from '../../src/judge/run-control.ts';

function stateOf({ stopped, abandoned }: ReturnType<typeof createRunControl>) {
  return { stopped: stopped.aborted, abandoned: abandoned.aborted };
}

describe('createRunControl', () => {
  it('runs, stops, then abandons', () => {
    const control = createRunControl();
    expect(stateOf(control)).toEqual({ stopped: false, abandoned: false });
    control.stop();
    expect(stateOf(control)).toEqual({ stopped: true, abandoned: false });
    control.abandon();
    expect(stateOf(control)).toEqual({ stopped: true, abandoned: true });
  });

  it('stops when it abandons', () => {
    const control = createRunControl();
    control.abandon();
    expect(stateOf(control)).toEqual({ stopped: true, abandoned: true });
  });
});

describe('stoppedError', () => {
  it('stops a run and is not tried again', () => {
    expect(stoppedError()).toMatchObject({ failure: 'aborted', stopsRun: true, isPassing: false });
  });
});
