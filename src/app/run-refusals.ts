import { ConflictError } from '../core/errors.ts';
import type { RequestedRun } from '../core/requested-run.ts';

/** What a run says that a fault of ours has stopped. */
export const fault = {
  ko: 'answer-grader 자체의 오류로 멈췄습니다. 서비스의 기록을 확인하세요.',
  en: "stopped by a fault in answer-grader itself; see the service's log.",
};

/** What a run says for none of whose answers the model gave anything back. */
export const nothingCameBack = {
  ko: '모델에서 답이 하나도 돌아오지 않았습니다. 채점되지 않은 답의 까닭을 보고 다시 시작하세요.',
  en: 'nothing came back from the model for any answer; see why the answers are ungraded, then start again.',
};

/** A chapter has one run at a time. */
export function underWay(run: RequestedRun | undefined): ConflictError {
  const [ko, en] = run ? [`(${run.id}번 실행)`, ` (run ${run.id})`] : ['', ''];
  return new ConflictError({
    ko: `이 단원은 이미 채점하고 있습니다${ko}. 끝난 뒤에 다시 시작하거나 먼저 멈추세요.`,
    en: `this chapter is being graded already${en}; wait for its end or stop it first.`,
  });
}
