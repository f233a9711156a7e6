import { describe, expect, it } from 'vitest';
import { listeningNotice, metricsNotice, servingEndsNotice } from '../../src/cli/serve-notices.ts';

describe('where the service is found', () => {
  const server = { url: 'http://127.0.0.1:9190', port: 9190, isOnAllAddresses: false };

  it('is an address for this machine, and for others this machine’s name', () => {
    expect(listeningNotice(server, false, 'en')).toBe(
      'Open http://127.0.0.1:9190 in a browser. Ctrl-C ends it.\n',
    );
    expect(listeningNotice({ ...server, isOnAllAddresses: true }, true, 'en')).toBe(
      "Open http://127.0.0.1:9190 in a browser. Other machines reach it by this one's name or address, with the port 9190. The token is needed to come in. Ctrl-C ends it.\n",
    );
  });

  it('is said in Korean without a particle that depends on the address', () => {
    expect(listeningNotice({ ...server, isOnAllAddresses: true }, true, 'ko')).toBe(
      '브라우저에서 http://127.0.0.1:9190 주소를 여세요. 다른 컴퓨터에서는 이 컴퓨터의 이름이나 주소와 포트 9190번으로 들어옵니다. 들어오려면 토큰이 필요합니다. 끝내려면 Ctrl-C를 누르세요.\n',
    );
  });

  it('is said of metrics by the whole address', () => {
    expect(metricsNotice(server, 'en')).toBe(
      'Metrics for the operator are at http://127.0.0.1:9190/metrics.\n',
    );
    expect(metricsNotice(server, 'ko')).toBe(
      '운영자용 지표는 http://127.0.0.1:9190/metrics 주소에 있습니다.\n',
    );
  });
});

it('an end says who goes on with what is under way', () => {
  expect(servingEndsNotice(true, 'en')).toBe('Ending. Workers go on with what is under way.\n');
  expect(servingEndsNotice(false, 'ko')).toBe(
    '끝내는 중입니다. 하던 채점은 다음에 시작할 때 이어서 합니다.\n',
  );
});
