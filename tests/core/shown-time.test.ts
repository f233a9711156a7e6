import { expect, it } from 'vitest';
import { shownTime } from '../../src/core/shown-time.ts';

it('a moment is shown to the minute, with its zone', () => {
  expect(shownTime('2026-11-01T08:30:59.999Z')).toBe('2026-11-01 08:30 UTC');
});
