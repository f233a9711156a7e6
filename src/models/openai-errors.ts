import { APIConnectionError, APIConnectionTimeoutError, APIError, APIUserAbortError } from 'openai';
import { ModelError } from '../core/errors.ts';
import { rateLimitsIn, retryAfterMs } from './rate-limit-headers.ts';

/** What an endpoint said, on one line and without markup. */
function saying(error: APIError): string {
  const text = error.message
    .slice(0, 2000)
    .replace(/<[^<>]*>/gu, ' ')
    .replace(/\s+/gu, ' ')
    .trim();
  return text.length > 200 ? `${text.slice(0, 200)}…` : text;
}

function causeOf(error: Error): string {
  let cause: unknown = error;
  while (cause instanceof Error && cause.cause instanceof Error) cause = cause.cause;
  const { code, message } = cause as Error & { code?: string };
  return code ?? message;
}

/** What breaks a connection that was there: somebody is at the other end, so it is worth while to try again. */
const cutOff = new Set(['ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ECONNABORTED']);

/** What answers is not the API of a model: a web page, or another service. */
export function notAnApi(baseUrl: string): ModelError {
  return new ModelError('not_an_api', {
    ko: `${baseUrl}의 응답이 채팅 API의 형식이 아닙니다. OPENAI_BASE_URL이 API 주소(보통 /v1로 끝남)인지 확인하세요.`,
    en: `${baseUrl} did not reply like a chat API; check that OPENAI_BASE_URL is the address of the API (it usually ends in /v1).`,
  });
}

/** Translates an error of the openai package into ours; anything else is returned as it is. */
export function toModelError(error: unknown, baseUrl: string, model: string): unknown {
  if (error instanceof APIUserAbortError) {
    return new ModelError(
      'aborted',
      { ko: '요청이 중단되었습니다.', en: 'the request was aborted.' },
      { cause: error },
    );
  }
  if (error instanceof APIConnectionTimeoutError) {
    return new ModelError(
      'timeout',
      { ko: `${baseUrl}에서 제때 응답이 오지 않았습니다.`, en: `${baseUrl} did not reply in time.` },
      { cause: error },
    );
  }
  if (error instanceof APIConnectionError) {
    const cause = causeOf(error);
    if (cutOff.has(cause)) {
      return new ModelError(
        'overloaded',
        {
          ko: `${baseUrl}에 이어진 연결이 끊겼습니다(${cause}).`,
          en: `the connection to ${baseUrl} was cut (${cause}).`,
        },
        { cause: error },
      );
    }
    return new ModelError(
      'connection',
      {
        ko: `${baseUrl}에 연결할 수 없습니다(${cause}). 주소(OPENAI_BASE_URL, --base-url 또는 설정 파일)와 서버가 켜져 있는지 확인하세요.`,
        en: `cannot connect to ${baseUrl} (${cause}); check the address (OPENAI_BASE_URL, --base-url or the configuration file) and that the server is running.`,
      },
      { cause: error },
    );
  }
  if (error instanceof SyntaxError && error.message.includes("'<'")) return notAnApi(baseUrl);
  if (error instanceof SyntaxError || error instanceof TypeError) {
    return new ModelError(
      'overloaded',
      { ko: `${baseUrl}의 응답이 도중에 끊겼습니다.`, en: `the reply of ${baseUrl} broke off.` },
      { cause: error },
    );
  }
  if (!(error instanceof APIError)) return error;

  const said = saying(error);
  const options = {
    retryAfterMs: retryAfterMs(error.headers, Date.now()),
    limits: rateLimitsIn(error.headers),
    cause: error,
  };
  const status: number = error.status ?? 0;
  if (status === 401 || status === 403) {
    return new ModelError(
      'authentication',
      {
        ko: `${baseUrl}에서 API 키를 받아들이지 않습니다(${status}). OPENAI_API_KEY를 확인하세요.`,
        en: `${baseUrl} does not accept the API key (${status}); check OPENAI_API_KEY.`,
      },
      options,
    );
  }
  if (status === 404) {
    return new ModelError(
      'not_found',
      {
        ko: `${baseUrl}에 "${model}" 모델이 없거나 채팅 API 주소가 아닙니다(404). --model과 OPENAI_BASE_URL(보통 /v1로 끝남)을 확인하세요.`,
        en: `${baseUrl} has no model "${model}", or is not the address of a chat API (404); check --model and OPENAI_BASE_URL (it usually ends in /v1).`,
      },
      options,
    );
  }
  if (status === 402 || (status === 429 && [error.code, error.type].includes('insufficient_quota'))) {
    return new ModelError(
      'quota_exhausted',
      {
        ko: `${baseUrl}의 사용 한도를 다 썼습니다: ${said}`,
        en: `the quota at ${baseUrl} is exhausted: ${said}`,
      },
      options,
    );
  }
  if (status === 429) {
    return new ModelError(
      'rate_limited',
      {
        ko: `${baseUrl}에서 요청 속도를 제한합니다(429).`,
        en: `${baseUrl} limits the rate of requests (429).`,
      },
      options,
    );
  }
  if (status === 408 || status === 409 || status >= 500) {
    return new ModelError(
      'overloaded',
      {
        ko: `${baseUrl}에 일시적인 오류가 있습니다(${status}).`,
        en: `${baseUrl} has a passing fault (${status}).`,
      },
      options,
    );
  }
  return new ModelError(
    'bad_request',
    {
      ko: `${baseUrl}에서 요청을 거절했습니다(${status}): ${said}`,
      en: `${baseUrl} refused the request (${status}): ${said}`,
    },
    options,
  );
}
