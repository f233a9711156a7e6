import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { endAsked } from '../../src/cli/interrupt.ts';

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.removeAllListeners(signal);
});

describe('the end of a program that goes on until it is told', () => {
  it.each(['SIGINT', 'SIGTERM'] as const)('comes with %s', async (signal) => {
    const onTooLong = vi.fn();
    const ended = endAsked(onTooLong);
    process.emit(signal);
    await ended;
    expect(process.listenerCount(signal)).toBe(0);
    expect(onTooLong).not.toHaveBeenCalled();
  });

  it('is that of a second signal where it does not come in a minute, which is said before', async () => {
    const steps: string[] = [];
    vi.spyOn(process, 'kill').mockImplementation((_, signal) => {
      steps.push(`killed by ${signal}`);
      return true;
    });
    void endAsked(() => void steps.push('said'));
    process.emit('SIGTERM');
    await vi.advanceTimersByTimeAsync(59_999);
    expect(steps).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(steps).toEqual(['said', 'killed by SIGTERM']);
  });
});
