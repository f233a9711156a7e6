/** A clock that stands still until the test turns it. */
export function handClock(startMs = Date.parse('2026-11-01T00:00:00.000Z')) {
  let time = startMs;
  const works = new Set<() => void>();
  return {
    options: {
      now: () => time,
      every(work: () => void) {
        works.add(work);
        return () => void works.delete(work);
      },
    },
    /** Goes on by some milliseconds, at the end of which everything that is done again and again is done once. */
    tick(ms: number) {
      time += ms;
      for (const work of works) work();
    },
    /** Whether anything is done again and again. */
    isTicking: () => works.size > 0,
  };
}
