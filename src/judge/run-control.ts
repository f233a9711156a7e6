import { ModelError } from '../core/errors.ts';

/** How a run is ended early: first nothing new is sent, then what is in flight is given up. */
export interface RunControl {
  /** Aborted when no further request may be sent. */
  readonly stopped: AbortSignal;
  /** Aborted when requests in flight are to be given up. */
  readonly abandoned: AbortSignal;
  stop(): void;
  abandon(): void;
}

export function createRunControl(): RunControl {
  const stopping = new AbortController();
  const abandoning = new AbortController();
  return {
    stopped: stopping.signal,
    abandoned: abandoning.signal,
    stop: () => stopping.abort(),
    abandon: () => {
      stopping.abort();
      abandoning.abort();
    },
  };
}

/** What a request that is no longer sent rejects with. */
export function stoppedError(): ModelError {
  return new ModelError('aborted', { ko: '실행이 중단되었습니다.', en: 'the run was stopped.' });
}
