import { randomBytes } from 'node:crypto';
import { readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

/** A run that has not said for this long that it is alive counts as dead. */
const lifeMs = 15_000;

/** Where a process number means the same process: containers of one machine may have numbers of their own. */
function numberSpace(): string {
  try {
    return readlinkSync('/proc/self/ns/pid');
  } catch {
    return '';
  }
}

const here = `${hostname()} ${numberSpace()}`;

/**
 * A name that no other run has, and by which others can tell whether its process is still there.
 * @param processId this process's when left out
 */
export function newRunName(processId = process.pid): string {
  return `${processId} ${randomBytes(6).toString('hex')} ${here}`;
}

/** Known for certain: a process of this machine that is no longer there. */
function hasEnded(run: string): boolean {
  const [, processId, place] = /^(\d+) \S+ (.*)$/su.exec(run) ?? [];
  if (processId === undefined || place !== here) return false;
  try {
    process.kill(Number(processId), 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
}

/**
 * Whether a run still works on what it has claimed.
 * @param beatAt when it last said so, in milliseconds since 1970; undefined when it never did
 */
export function isAlive(run: string, beatAt: number | undefined, now: number): boolean {
  // A clock that was set back must not keep a dead run alive, so the future does not count either.
  return beatAt !== undefined && Math.abs(now - beatAt) < lifeMs && !hasEnded(run);
}

/** Beats before this, in milliseconds since 1970, are those of dead runs. */
export function deadBefore(now: number): number {
  return now - lifeMs;
}
