import type { Scoreboard } from './show-scoreboard.ts';

/** A scoreboard as `scoreboard --json` shows it. */
export function scoreboardDocument({ chapters, rows, judged }: Scoreboard) {
  const kinds = [...new Set(judged.map(({ judge }) => judge.kind))].filter((kind) => kind !== 'triage');
  const models = [...new Set(judged.flatMap(({ judge }) => judge.models))];
  return { chapters, scoreboard: rows, judge: { kinds, models } };
}
