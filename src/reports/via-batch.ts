import type { BatchRecord } from '../core/batch.ts';
import type { Language } from '../core/localized.ts';
import { counted } from '../core/plural.ts';

/** Requests that were, or would be, handed over, and what was left out. */
export interface HandedOver {
  requests: number;
  followUps: number;
  settled: number;
  kept: number;
  underWay: number;
  leftOut: number;
  askedNow: number;
  /** US dollars at batch price; null when that was not reckoned. */
  mostCostUsd: number | null;
}

/** Said when another run on the same database hands batches over. */
export function otherRunLine(language: Language): string {
  return language === 'ko'
    ? '다른 실행이 배치를 맡기는 중이라 끝날 때까지 기다립니다.\n'
    : 'Another run is handing batches over; waiting for it to end.\n';
}

/** What asks once more, and what was left out for limits or other runs; empty when nothing was. */
export function submissionNotes({ followUps, leftOut, askedNow }: HandedOver, language: Language): string {
  const ko = language === 'ko';
  const again = ko
    ? `그중 ${followUps}개는 그대로 쓸 수 없는 응답에 이어서 다시 묻는 것입니다.\n`
    : `${followUps} of them ask again after a reply that could not be used as it was.\n`;
  const left = ko
    ? `--max-cost나 --max-requests 때문에 ${leftOut}개는 맡기지 않았습니다.\n`
    : `${counted(leftOut, 'request')} left out because of --max-cost or --max-requests.\n`;
  const busy = ko
    ? `${askedNow}개는 다른 실행이 지금 바로 묻고 있어 맡기지 않았습니다.\n`
    : `${counted(askedNow, 'request')} left out because another run is just asking directly.\n`;
  return `${followUps > 0 ? again : ''}${leftOut > 0 ? left : ''}${askedNow > 0 ? busy : ''}`;
}

/** What would be handed over and what it can cost at most. */
export function previewText(totals: HandedOver, language: Language): string {
  const ko = language === 'ko';
  const { requests, settled, kept, underWay, mostCostUsd } = totals;
  const cost = mostCostUsd === null ? null : `$${mostCostUsd.toFixed(mostCostUsd < 0.01 ? 5 : 3)}`;
  const price = ko
    ? cost === null
      ? '모델의 가격을 몰라 비용은 알 수 없습니다.'
      : `비용은 최대 ${cost}입니다(배치 가격, 정가의 절반).`
    : cost === null
      ? "The model's price is not known, so the cost cannot be told."
      : `It costs ${cost} at most (batch price, half of the list price).`;
  const head = ko
    ? `맡길 요청 ${requests}개(아무것도 보내지 않았습니다). 응답이 이미 있는 답 ${kept}개, 맡겨 둔 답 ${underWay}개, 모델이 필요 없는 답 ${settled}개.`
    : `${counted(requests, 'request')} would be handed over (nothing was sent); ${kept} with a kept reply, ${underWay} in an earlier batch, ${settled} settled without a model.`;
  return `${head}\n${submissionNotes(totals, language)}${price}\n`;
}

/** Why `grade --via batch` ends without grades for now, and how to go on. */
export function stillOutText(open: readonly BatchRecord[], isFresh: boolean, language: Language): string {
  const requests = open.reduce((sum, record) => sum + record.requests, 0);
  const ids = open.map(({ id }) => id).join(', ');
  if (language === 'ko') {
    const again = isFresh ? '같은 명령을 --fresh 없이' : '같은 명령을';
    return `요청 ${requests}개를 배치 ${ids}번에 맡겨 두었고, 아직 채점하지 않았습니다. 보통 하루 안에 돌아옵니다.\n${again} 다시 실행하면 받아서 채점합니다(--wait를 붙이면 기다립니다). batch status로 진행 상황을 보고, batch collect로 받기만 할 수도 있습니다.\n`;
  }
  const again = isFresh ? 'The same command without --fresh' : 'The same command';
  return `${counted(requests, 'request')} in ${open.length === 1 ? 'batch' : 'batches'} ${ids}; nothing was graded yet. They come back within a day.\n${again} goes on: it fetches the replies and grades (--wait waits for them). "batch status" shows how far they are, "batch collect" just fetches.\n`;
}

/** Said when waiting was ended. */
export function stoppedWaitingText(language: Language): string {
  return language === 'ko'
    ? '멈췄습니다. 맡긴 것과 받은 것은 모두 적혀 있습니다. 같은 명령을 다시 실행하면 이어집니다.\n'
    : 'Stopped. What was handed over and what came back is noted; the same command goes on from here.\n';
}

/** Answers that were left ungraded without asking anybody. */
interface Held {
  underWay: ReadonlyMap<number, number>;
  missing: number;
}

function underWayLine(underWay: ReadonlyMap<number, number>, language: Language): string {
  const answers = [...underWay.values()].reduce((sum, count) => sum + count, 0);
  const ids = [...underWay.keys()].sort((a, b) => a - b);
  const [first = 0] = ids;
  if (language === 'ko')
    return `답 ${answers}개는 아직 받지 않은 배치 ${ids.join(', ')}번에 맡겨 두어, 다시 묻지 않고 미채점으로 두었습니다. batch collect로 받은 뒤 다시 채점하세요(batch status가 아직 보내지 않았다고 하면 batch submit으로 보내세요). batch cancel ${first}로 그만둘 수 있고, --fresh를 붙이면 모든 답을 지금 정가로 새로 묻습니다.\n`;
  const batches = `${ids.length > 1 ? 'batches' : 'batch'} ${ids.join(', ')}`;
  return `${counted(answers, 'answer')} left ungraded for now, not asked twice: still in ${batches}. Fetch the replies with "batch collect" and grade again (where "batch status" says that it was not sent yet, "batch submit" sends it), end it with "batch cancel ${first}", or ask everything anew at list price with --fresh.\n`;
}

function missingLine(missing: number, via: 'batch' | 'stored', language: Language): string {
  if (via === 'batch')
    return language === 'ko'
      ? `답 ${missing}개는 아직 응답이 없어(한도 때문에 맡기지 않았거나 배치에서 실패함) 미채점으로 두었습니다. 같은 명령을 다시 실행하면 새 배치로 맡기고, --via 없이 grade를 실행하면 정가로 바로 묻습니다.\n`
      : `${counted(missing, 'answer')} left ungraded: there is no reply yet (left out for a limit, or failed in a batch). The same command puts them into a new batch; "grade" without --via asks directly, at list price.\n`;
  return language === 'ko'
    ? `답 ${missing}개는 저장된 응답이 없어 미채점으로 두었습니다. --via 없이 grade를 실행하면 모델에 묻고, batch export로 내보내면 직접 물을 수 있습니다.\n`
    : `${counted(missing, 'answer')} left ungraded: no reply is stored. "grade" without --via asks a model, "batch export" writes pages to ask by hand.\n`;
}

/** Which answers wait for a batch or have no reply, and what can be done; empty when there are none. */
export function heldNotice(
  { underWay, missing }: Held,
  via: 'direct' | 'batch' | 'stored',
  language: Language,
): string {
  const waiting = underWay.size > 0 ? underWayLine(underWay, language) : '';
  return `${waiting}${missing > 0 && via !== 'direct' ? missingLine(missing, via, language) : ''}`;
}
