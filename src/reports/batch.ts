import { type BatchCounts, type BatchRecord, type BatchState, hasEnded } from '../core/batch.ts';
import type { Language, Localized } from '../core/localized.ts';
import { counted } from '../core/plural.ts';
import { shownTime } from '../core/shown-time.ts';
import { terminalTable } from './table.ts';
import { type HandedOver, submissionNotes } from './via-batch.ts';

const stateNames: Readonly<Record<BatchState, Localized>> = {
  planned: { ko: '보내기 전', en: 'not sent yet' },
  uploaded: { ko: '파일만 올림', en: 'file uploaded' },
  running: { ko: '진행 중', en: 'at work' },
  cancelling: { ko: '취소하는 중', en: 'being cancelled' },
  completed: { ko: '끝남', en: 'done' },
  expired: { ko: '시간이 다 됨', en: 'ran out of time' },
  cancelled: { ko: '취소됨', en: 'cancelled' },
  failed: { ko: '거절됨', en: 'refused' },
};

function progress(counts: BatchCounts | null, requests: number): string {
  return `${counts?.completed ?? 0}/${requests}`;
}

function outcomeLabel({ outcome, state }: BatchRecord, language: Language): string {
  const ko = language === 'ko';
  if (outcome)
    return ko
      ? `응답 ${outcome.replies}개 저장, 없는 것 ${outcome.unanswered}개`
      : `${outcome.replies} stored, ${outcome.unanswered} without a reply`;
  if (state === 'planned' || state === 'uploaded')
    return ko ? 'batch submit으로 이어서 보내세요' : 'go on with "batch submit"';
  if (hasEnded(state)) return ko ? 'batch collect로 받으세요' : 'fetch with "batch collect"';
  return '';
}

/** Every batch with its state and counts, oldest first. */
export function batchTable(records: readonly BatchRecord[], language: Language): string {
  const ko = language === 'ko';
  if (records.length === 0)
    return ko
      ? '보낸 배치가 없습니다. batch submit으로 보내세요.\n'
      : 'There are no batches; hand one over with "batch submit".\n';
  const head = ko
    ? ['번호', '배치', '모델', '보낸 때', '상태', '응답', '실패', '']
    : ['no', 'batch', 'model', 'planned', 'state', 'replies', 'failed', ''];
  const rows = records.map((record) => [
    String(record.id),
    record.batchId ?? '–',
    record.name,
    shownTime(record.plannedAt),
    stateNames[record.state][language],
    progress(record.counts, record.requests),
    String(record.counts?.failed ?? 0),
    outcomeLabel(record, language),
  ]);
  const align = ['right', 'left', 'left', 'left', 'left', 'right', 'right', 'left'] as const;
  return `${terminalTable(head, rows, align)}\n`;
}

/** One line on a batch that the provider has now. */
export function submittedLine(record: BatchRecord, language: Language): string {
  const { id, batchId, requests, name } = record;
  return language === 'ko'
    ? `배치 ${id}번(${batchId ?? ''}): ${name}에 요청 ${requests}개를 맡겼습니다.\n`
    : `Batch ${id} (${batchId ?? ''}): ${counted(requests, 'request')} to ${name}.\n`;
}

/** What a submission came to. */
export interface Submission {
  resumed: readonly BatchRecord[];
  submitted: readonly BatchRecord[];
  totals: HandedOver;
}

/** What was handed over, what was left out and why, and how to go on. */
export function submissionText({ resumed, submitted, totals }: Submission, language: Language): string {
  const { settled, kept, underWay, leftOut } = totals;
  const ko = language === 'ko';
  const requests = [...resumed, ...submitted].reduce((sum, record) => sum + record.requests, 0);
  const left = ko
    ? `응답이 이미 있는 답 ${kept}개, 맡겨 둔 답 ${underWay}개, 모델이 필요 없는 답 ${settled}개`
    : `${kept} with a kept reply, ${underWay} in an earlier batch, ${settled} settled without a model`;
  const next = ko
    ? '하루 안에 돌아옵니다. 진행 상황은 batch status, 받을 때는 batch collect를 쓰세요.'
    : 'They come back within a day: "batch status" shows how far they are, "batch collect" fetches them.';
  const nothing = ko ? '새로 맡길 것이 없습니다.' : 'There is nothing to hand over.';
  const resumedLine = ko
    ? `지난번에 끝내지 못한 배치 ${resumed.length}개를 이어서 처리했습니다.`
    : `${counted(resumed.length, 'batch', 'batches')} from an earlier run brought to an end.`;
  return [
    ...(resumed.length > 0 ? [resumedLine] : []),
    ko ? `맡긴 요청 ${requests}개. ${left}.` : `${counted(requests, 'request')} handed over; ${left}.`,
    ...submissionNotes(totals, language).split('\n').slice(0, -1),
    ...(requests > 0 ? [next] : leftOut > 0 ? [] : [nothing]),
    '',
  ].join('\n');
}

/** A batch whose results are stored now. */
interface Collected {
  record: BatchRecord;
  reasons: readonly { reason: string; count: number }[];
  problem: string | null;
}

const mostReasons = 5;

/** What came of one batch, and why requests have no reply. */
export function collectedLines({ record, reasons, problem }: Collected, language: Language): string[] {
  const ko = language === 'ko';
  const { id, state, outcome } = record;
  const name = stateNames[state][language];
  const stored = outcome?.replies ?? 0;
  const unanswered = outcome?.unanswered ?? 0;
  return [
    ko
      ? `배치 ${id}번(${name}): 응답 ${stored}개를 저장했습니다. 응답이 없는 요청 ${unanswered}개.`
      : `Batch ${id} (${name}): ${counted(stored, 'reply', 'replies')} stored, ${unanswered} without one.`,
    ...(problem === null ? [] : [`  ${problem}`]),
    ...reasons.slice(0, mostReasons).map(({ reason, count }) => `  ${count} × ${reason}`),
  ];
}

/** What a collection came to. */
export interface Collection {
  collected: readonly Collected[];
  running: readonly BatchRecord[];
  unfinished: readonly BatchRecord[];
}

/** What was fetched, what failed and why, what is still to come, and how to go on. */
export function collectionText({ collected, running, unfinished }: Collection, language: Language): string {
  const ko = language === 'ko';
  const lines = collected.flatMap((item) => collectedLines(item, language));
  for (const { id, state, counts, requests } of running) {
    const done = `${stateNames[state][language]}, ${progress(counts, requests)}`;
    lines.push(ko ? `배치 ${id}번: ${done}` : `Batch ${id}: ${done}`);
  }
  for (const { id, state } of unfinished)
    lines.push(
      ko
        ? `배치 ${id}번: ${stateNames[state].ko}. batch submit을 다시 실행하면 이어집니다.`
        : `Batch ${id}: ${stateNames[state].en}; the same "batch submit" goes on with it.`,
    );
  const failed = collected.some(({ record }) => (record.outcome?.unanswered ?? 0) > 0);
  if (failed)
    lines.push(
      ko
        ? '응답이 없는 요청은 grade가 바로 묻고, batch submit을 다시 쓰면 새 배치로 보냅니다.'
        : 'Requests without a reply: "grade" asks them directly, "batch submit" puts them into a new batch.',
    );
  if (collected.length > 0)
    lines.push(
      ko
        ? '이제 같은 모델로 grade를 실행하면 저장된 응답으로 채점합니다.'
        : 'Now run "grade" with the same model: it takes the stored replies.',
    );
  if (lines.length === 0) lines.push(ko ? '받을 배치가 없습니다.' : 'There is no batch to collect.');
  return `${lines.join('\n')}\n`;
}

/** What became of batches that were to be cancelled. */
export interface Cancellation {
  cancelled: readonly BatchRecord[];
  ended: readonly BatchRecord[];
  forgotten: readonly BatchRecord[];
}

/** Which batches were cancelled, and what is still to be fetched of them. */
export function cancellationText({ cancelled, ended, forgotten }: Cancellation, language: Language): string {
  const ko = language === 'ko';
  const lines = [
    ...cancelled.map(({ id }) =>
      ko
        ? `배치 ${id}번: 취소하는 중입니다. 그때까지 된 것은 batch collect로 받을 수 있습니다.`
        : `Batch ${id}: being cancelled; what was done by then can be fetched with "batch collect".`,
    ),
    ...ended.map(({ id, state }) =>
      ko
        ? `배치 ${id}번: 이미 ${stateNames[state].ko}. batch collect로 받으세요.`
        : `Batch ${id}: already ${stateNames[state].en}; fetch it with "batch collect".`,
    ),
    ...forgotten.map(({ id }) =>
      ko
        ? `배치 ${id}번: 보낸 곳에 없어서 목록에서 지웠습니다.`
        : `Batch ${id}: not at the provider, so it was taken off the list.`,
    ),
  ];
  if (lines.length === 0) lines.push(ko ? '취소할 배치가 없습니다.' : 'There is no batch to cancel.');
  return `${lines.join('\n')}\n`;
}
