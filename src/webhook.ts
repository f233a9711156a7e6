import { ConfigError, DeliveryError } from './core/errors.ts';
import { retryAfterMs } from './models/rate-limit-headers.ts';

/** Port: an address that takes messages. The address is a secret: whoever knows it can write there. */
export interface Webhook {
  /**
   * @param body what is sent as JSON
   * @throws ConfigError when there is no webhook at the address (any more)
   * @throws DeliveryError when the message was not taken; neither says more of the address than its host
   */
  post(url: URL, body: unknown): Promise<void>;
}

export interface WebhookSettings {
  timeoutMs: number;
  wait: (ms: number) => Promise<unknown>;
  /** Told before a wait that the webhook asked for. */
  onWait: (ms: number, host: string) => void;
}

/** The longest wait that is waited for. */
const longestWaitMs = 30_000;

/** Why a request brought no reply: a code, for messages may name the address. */
function codeOf(error: unknown): string {
  const { cause } = error as { cause?: { code?: unknown } };
  return typeof cause?.code === 'string' ? ` (${cause.code})` : '';
}

function unreachable(error: unknown, host: string, { timeoutMs }: WebhookSettings): DeliveryError {
  if (error instanceof DOMException && error.name === 'TimeoutError') {
    const seconds = timeoutMs / 1000;
    return new DeliveryError({
      ko: `${host}에서 ${seconds}초 안에 응답이 오지 않았습니다. 메시지가 올라갔는지 확인한 뒤 다시 실행하세요.`,
      en: `${host} did not reply within ${seconds} s; look whether the message is there, then run again.`,
    });
  }
  return new DeliveryError({
    ko: `${host}에 연결할 수 없습니다${codeOf(error)}. 웹훅 주소와 네트워크를 확인하세요.`,
    en: `cannot connect to ${host}${codeOf(error)}; check the webhook's address and the network.`,
  });
}

/** Slack answers with a word such as `invalid_blocks`; anything else may be a page, or repeat the address. */
async function wordIn(response: Response, url: URL): Promise<string> {
  const text = await response.text().catch(() => '');
  return /^[a-z_]{3,40}$/u.test(text) && !url.href.includes(text) ? `, ${text}` : '';
}

async function refusal(response: Response, url: URL): Promise<ConfigError | DeliveryError> {
  const { status } = response;
  const { host } = url;
  const said = `${status}${await wordIn(response, url)}`;
  if (status >= 300 && status < 400) {
    return new ConfigError({
      ko: `${host}이(가) 다른 주소로 넘깁니다(${status}). 비밀 주소와 점수를 다른 곳으로 보내지 않으려고 따라가지 않았습니다. 웹훅의 정확한 주소를 쓰세요.`,
      en: `${host} points to another address (${status}), which is not followed, to hand scores to nobody else; use the webhook's exact address.`,
    });
  }
  if (status === 404 || status === 410) {
    return new ConfigError({
      ko: `${host}에 이 웹훅이 없습니다(${said}). 지워졌거나 채널이 보관되었습니다. 새 웹훅을 만들어 그 주소를 쓰세요.`,
      en: `${host} has no such webhook (${said}): it was deleted, or its channel archived; make a new one and use its address.`,
    });
  }
  if (status >= 500) {
    return new DeliveryError({
      ko: `${host}에 일시적인 오류가 있습니다(${status}). 잠시 뒤에 다시 실행하세요.`,
      en: `${host} has a passing fault (${status}); run again later.`,
    });
  }
  return new DeliveryError({
    ko: `${host}이(가) 메시지를 받지 않았습니다(${said}). 웹훅 주소가 맞는지, --as가 그곳의 형식인지 확인하세요.`,
    en: `${host} did not take the message (${said}); check that the address is that of a webhook and that --as fits it.`,
  });
}

function tooMany(waitMs: number | undefined, host: string): DeliveryError {
  const seconds = waitMs === undefined ? null : Math.ceil(waitMs / 1000);
  return new DeliveryError({
    ko: `${host}이(가) 메시지 수를 제한합니다(429). ${seconds === null ? '잠시' : `${seconds}초`} 뒤에 다시 실행하세요.`,
    en: `${host} limits how many messages it takes (429); run again ${seconds === null ? 'later' : `in ${seconds} s`}.`,
  });
}

/** A webhook over the platform's fetch. Asked to wait for up to 30 seconds, it waits, once. */
export function createWebhook(settings: WebhookSettings): Webhook {
  async function send(url: URL, body: string): Promise<Response> {
    try {
      return await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body,
        redirect: 'manual',
        signal: AbortSignal.timeout(settings.timeoutMs),
      });
    } catch (error) {
      throw unreachable(error, url.host, settings);
    }
  }

  return {
    async post(url, body) {
      const text = JSON.stringify(body);
      let response = await send(url, text);
      let waitMs = response.status === 429 ? retryAfterMs(response.headers, Date.now()) : undefined;
      if (waitMs !== undefined && waitMs <= longestWaitMs) {
        await response.body?.cancel();
        settings.onWait(waitMs, url.host);
        await settings.wait(waitMs);
        response = await send(url, text);
        waitMs = retryAfterMs(response.headers, Date.now());
      }
      if (response.status !== 429 && !response.ok) throw await refusal(response, url);
      await response.body?.cancel();
      if (response.status === 429) throw tooMany(waitMs, url.host);
    },
  };
}
