import type { EventLog, LoggedRun, RunChange } from '../app/event-log.ts';
import { GraderError } from '../core/errors.ts';
import type { Language, Localized } from '../core/localized.ts';
import { hasEnded, type RunState } from '../core/requested-run.ts';

const stateNames: Record<RunState, Localized> = {
  queued: { ko: '나중에 이어서 합니다', en: 'goes on later' },
  running: { ko: '시작했습니다', en: 'has begun' },
  finished: { ko: '끝났습니다', en: 'has ended' },
  stopped: { ko: '멈췄습니다', en: 'was stopped' },
  failed: { ko: '실패했습니다', en: 'has failed' },
};

function nameOf({ group, run }: LoggedRun): Localized {
  if (group === null) return { ko: `${run}번 실행`, en: `run ${run}` };
  return { ko: `그룹 ${group}의 ${run}번 실행`, en: `run ${run} of group ${group}` };
}

function changeText({ state, totals, reason, ...run }: RunChange, language: Language): string {
  const counts = hasEnded({ state }) ? totals : null;
  const ko = counts && `: 채점 ${counts.graded}, 미채점 ${counts.ungraded}, 요청 ${counts.requests}`;
  const en = counts && `: ${counts.graded} graded, ${counts.ungraded} ungraded, ${counts.requests} requests`;
  const name = nameOf(run)[language];
  const said = stateNames[state][language];
  const why = reason === undefined ? '' : language === 'ko' ? `(${reason})` : ` (${reason})`;
  return language === 'ko' ? `${name}: ${said}${why}${ko ?? ''}.` : `${name} ${said}${why}${en ?? ''}.`;
}

/** What a person needs to see who looks for the cause. */
function errorText(error: unknown, language: Language): string {
  if (error instanceof GraderError) return error.sentence(language);
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

/**
 * Adapter: a log for the person at the terminal, in sentences. That person sees the group's documents anyway, so faults
 * are told in full; requests are not told, and what is said at the start and the end is the command's own.
 * @param say takes a line without its end
 */
export function createTextLog(language: Language, say: (line: string) => void): EventLog {
  return {
    failedToStart: say,
    started: () => {},
    request: () => {},
    runChanged: (change) => say(changeText(change, language)),
    jobFailed({ portion, ...run }, error) {
      const name = nameOf(run)[language];
      const part = portion === null ? '' : language === 'ko' ? ` ${portion}번 조각` : `, portion ${portion}`;
      const gaveUp = language === 'ko' ? '되풀이해도 실패했습니다' : 'failed however often it was tried';
      say(`${name}${part}: ${gaveUp}: ${errorText(error, language)}`);
    },
    fault(error, id) {
      // Who was shown a number comes with it, and nothing of its sentence; so the stack is needed.
      const whole = error instanceof Error ? (error.stack ?? error.message) : String(error);
      say(id === undefined ? errorText(error, language) : `${id} ${whole}`);
    },
    stopped: () => {},
  };
}
