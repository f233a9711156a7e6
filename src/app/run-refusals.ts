import { ConfigError, ConflictError, GraderError, InputError, ModelError } from '../core/errors.ts';
import type { Localized } from '../core/localized.ts';
import type { FailureReason, RequestedRun, RunFailure } from '../core/requested-run.ts';

/** Whoever makes a run finds other things than it was begun with. */
export class ChangedError extends GraderError {
  override name = 'ChangedError';
  readonly reason: FailureReason;

  constructor(reason: FailureReason, text: Localized) {
    super(text);
    this.reason = reason;
  }
}

/** What a run says that a fault of ours has stopped. */
const fault: RunFailure = {
  reason: 'fault',
  ko: 'answer-grader 자체의 오류로 멈췄습니다. 서비스의 기록을 확인하세요.',
  en: "stopped by a fault in answer-grader itself; see the service's log.",
};

/** What a run says for none of whose answers the model gave anything back. */
export const nothingCameBack: RunFailure = {
  reason: 'nothing_came_back',
  ko: '모델에서 답이 하나도 돌아오지 않았습니다. 채점되지 않은 답의 까닭을 보고 다시 시작하세요.',
  en: 'nothing came back from the model for any answer; see why the answers are ungraded, then start again.',
};

function reasonOf(error: GraderError): FailureReason {
  if (error instanceof ModelError) return error.failure;
  if (error instanceof ChangedError) return error.reason;
  if (error instanceof ConfigError) return 'config';
  // The queue does not keep what kind of error a job left it with, and only those of a store are left to it.
  return error instanceof InputError ? 'input' : 'store';
}

/** What a run says of the error that stopped it. */
export function failureOf(error: unknown): RunFailure {
  return error instanceof GraderError ? { ...error.text, reason: reasonOf(error) } : fault;
}

/** A chapter has one run at a time. */
export function underWay(run: RequestedRun | undefined): ConflictError {
  const [ko, en] = run ? [`(${run.id}번 실행)`, ` (run ${run.id})`] : ['', ''];
  return new ConflictError({
    ko: `이 단원은 이미 채점하고 있습니다${ko}. 끝난 뒤에 다시 시작하거나 먼저 멈추세요.`,
    en: `this chapter is being graded already${en}; wait for its end or stop it first.`,
  });
}
