import type { Language } from '../core/localized.ts';
import type { Listening } from '../http/listen.ts';

/** Where the service is to be found. */
export function listeningNotice(
  { url, port, isOnAllAddresses }: Pick<Listening, 'url' | 'port' | 'isOnAllAddresses'>,
  hasToken: boolean,
  language: Language,
): string {
  const ko = [
    `브라우저에서 ${url} 주소를 여세요.`,
    ...(isOnAllAddresses
      ? [`다른 컴퓨터에서는 이 컴퓨터의 이름이나 주소와 포트 ${port}번으로 들어옵니다.`]
      : []),
    ...(hasToken ? ['들어오려면 토큰이 필요합니다.'] : []),
    '끝내려면 Ctrl-C를 누르세요.',
  ];
  const en = [
    `Open ${url} in a browser.`,
    ...(isOnAllAddresses
      ? [`Other machines reach it by this one's name or address, with the port ${port}.`]
      : []),
    ...(hasToken ? ['The token is needed to come in.'] : []),
    'Ctrl-C ends it.',
  ];
  return `${(language === 'ko' ? ko : en).join(' ')}\n`;
}

/** Where the operator finds metrics. */
export function metricsNotice({ url }: Pick<Listening, 'url'>, language: Language): string {
  return language === 'ko'
    ? `운영자용 지표는 ${url}/metrics 주소에 있습니다.\n`
    : `Metrics for the operator are at ${url}/metrics.\n`;
}

export function servingEndsNotice(hasWorkers: boolean, language: Language): string {
  if (hasWorkers)
    return language === 'ko'
      ? '끝내는 중입니다. 채점은 worker가 이어서 합니다.\n'
      : 'Ending. Workers go on with what is under way.\n';
  return language === 'ko'
    ? '끝내는 중입니다. 하던 채점은 다음에 시작할 때 이어서 합니다.\n'
    : 'Ending. A run that is under way goes on when the service is started again.\n';
}

export function workersNotice(language: Language): string {
  return language === 'ko'
    ? '채점은 worker가 합니다. 돌고 있지 않으면 "answer-grader worker"를 시작하세요.\n'
    : 'Grading is done by workers; start "answer-grader worker" where none is running.\n';
}

export function workingNotice(concurrency: number, language: Language): string {
  return language === 'ko'
    ? `일을 기다립니다. 동시에 최대 ${concurrency}개의 요청을 보냅니다. 끝내려면 Ctrl-C를 누르세요.\n`
    : `Waiting for work; ${concurrency} requests in flight at most. Ctrl-C ends it.\n`;
}

export function workingEndsNotice(language: Language): string {
  return language === 'ko'
    ? '끝내는 중입니다. 하던 일은 다른 worker가 이어서 합니다.\n'
    : 'Ending. Other workers take over what is under way.\n';
}

export function tooLongNotice(language: Language): string {
  return language === 'ko'
    ? '1분이 지나도 끝나지 않아 그대로 마칩니다. 데이터베이스가 답하는지 확인하세요. 하던 일은 이어서 채점됩니다.\n'
    : 'It has not ended in a minute and is left as it is; check that the database answers. What is under way goes on elsewhere or later.\n';
}
