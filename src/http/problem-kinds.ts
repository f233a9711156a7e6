import type { Localized } from '../core/localized.ts';

interface Kind {
  status: 400 | 401 | 403 | 404 | 405 | 409 | 413 | 415 | 421 | 422 | 429 | 500 | 502 | 503 | 504;
  /** Where nothing more exact is known. */
  text: Localized;
}

/** What may be wrong with a request, by the code that machines read. */
export const problemKinds = {
  malformed_address: {
    status: 400,
    text: { ko: '주소를 읽을 수 없습니다.', en: 'the address cannot be read.' },
  },
  malformed_body: {
    status: 400,
    text: { ko: '보낸 내용을 읽을 수 없습니다.', en: 'the body cannot be read.' },
  },
  not_signed_in: {
    status: 401,
    text: {
      ko: '토큰이 없거나 맞지 않습니다. Authorization: Bearer로 보내세요.',
      en: 'the token is missing or wrong; send it as Authorization: Bearer.',
    },
  },
  foreign_origin: {
    status: 403,
    text: {
      ko: '다른 사이트에서 보낸 요청은 받지 않습니다.',
      en: 'requests that another site sends are not taken.',
    },
  },
  not_found: { status: 404, text: { ko: '여기에는 아무것도 없습니다.', en: 'there is nothing here.' } },
  method_not_allowed: {
    status: 405,
    text: { ko: '이 주소에서는 할 수 없는 요청입니다.', en: 'this address does not take such a request.' },
  },
  conflict: { status: 409, text: { ko: '지금은 할 수 없습니다.', en: 'this cannot be done now.' } },
  too_large: {
    status: 413,
    text: { ko: '보낸 내용이 너무 큽니다.', en: 'what was sent is too large.' },
  },
  wrong_content_type: {
    status: 415,
    text: {
      ko: '이 형식(Content-Type)은 받지 않습니다. application/json으로, 단원 파일은 multipart/form-data로도 보낼 수 있습니다.',
      en: 'this Content-Type is not taken; send application/json or, for chapters, also multipart/form-data.',
    },
  },
  wrong_host: {
    status: 421,
    text: {
      ko: '이 이름(Host)으로는 답하지 않습니다. 서비스를 시작할 때 허용할 수 있습니다.',
      en: 'this service does not answer under that host name; it can be allowed when the service is started.',
    },
  },
  invalid: {
    status: 422,
    text: { ko: '보낸 값이 맞지 않습니다.', en: 'what was sent does not fit.' },
  },
  too_many_requests: {
    status: 429,
    text: {
      ko: '요청이 너무 많습니다. 잠시 뒤에 다시 보내세요.',
      en: 'too many requests; try again in a while.',
    },
  },
  internal: {
    status: 500,
    text: { ko: '예상하지 못한 오류입니다.', en: 'something unexpected went wrong.' },
  },
  storage: {
    status: 500,
    text: {
      ko: '저장소를 읽거나 쓰지 못했습니다. 서비스의 로그를 확인하세요.',
      en: "what is stored could not be read or written; see the service's log.",
    },
  },
  model_failed: {
    status: 502,
    text: { ko: '모델에서 응답을 받지 못했습니다.', en: 'the request to the model failed.' },
  },
  not_ready: {
    status: 503,
    text: {
      ko: '아직 요청을 받을 준비가 되지 않았습니다.',
      en: 'the service is not ready to take requests.',
    },
  },
  busy: {
    status: 503,
    text: {
      ko: '지금은 바쁩니다. 잠시 뒤에 다시 보내세요.',
      en: 'too much is going on; try again in a while.',
    },
  },
  model_busy: {
    status: 503,
    text: { ko: '모델이 바쁩니다. 잠시 뒤에 다시 보내세요.', en: 'the model is busy; try again in a while.' },
  },
  model_timeout: {
    status: 504,
    text: { ko: '모델이 제때 답하지 않았습니다.', en: 'the model did not reply in time.' },
  },
  took_too_long: {
    status: 504,
    text: { ko: '시간이 너무 오래 걸려 그만두었습니다.', en: 'this took too long and was given up.' },
  },
} as const satisfies Record<string, Kind>;

export type ProblemCode = keyof typeof problemKinds;

/** The codes as a list that is known not to be empty. */
export const problemCodes = Object.keys(problemKinds) as [ProblemCode, ...ProblemCode[]];
