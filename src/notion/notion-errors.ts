import { isHTTPResponseError, isNotionClientError } from '@notionhq/client';
import { ConfigError, GraderError, InputError, type Place } from '../core/errors.ts';
import type { Localized } from '../core/localized.ts';

/** The token is missing. */
export function noToken(): ConfigError {
  return new ConfigError({
    ko: 'NOTION_TOKEN이 없습니다. notion.so/my-integrations에서 통합을 만들고 그 토큰을 환경 변수나 .env에 넣으세요.',
    en: 'NOTION_TOKEN is not set; make an integration at notion.so/my-integrations and put its token into the environment or .env.',
  });
}

/** What stands where a page's address should. */
export function notAPage(place: Place): InputError {
  return new InputError(
    {
      ko: 'Notion 페이지가 아닙니다. notion: 뒤에 페이지의 주소나 32자리 id를 적으세요.',
      en: "this is no page in Notion; write the page's address or its id of 32 digits behind notion:.",
    },
    { place },
  );
}

/** A page that is larger than any chapter. */
export function tooLarge(place: Place, most: number): InputError {
  return new InputError(
    {
      ko: `페이지가 너무 큽니다(블록 ${most}개 초과). 단원마다 페이지를 나누세요.`,
      en: `the page is too large (more than ${most} blocks); give every chapter a page of its own.`,
    },
    { place },
  );
}

/** More pages than any group has. */
export function tooManyPages(place: Place, most: number): InputError {
  return new InputError(
    {
      ko: `하위 페이지가 ${most}개보다 많습니다. 단원 페이지 하나를 지정하세요.`,
      en: `more than ${most} pages lie below it; name the page of one chapter.`,
    },
    { place },
  );
}

/** Blocks that lie in each other deeper than anybody writes. */
export function tooDeep(place: Place, most: number): InputError {
  return new InputError(
    {
      ko: `블록이 ${most}단계보다 깊이 겹쳐 있습니다. 페이지를 펼쳐서 정리하세요.`,
      en: `blocks are nested more than ${most} deep; flatten the page.`,
    },
    { place },
  );
}

/** What the interface refuses, for a person. */
const meanings = {
  notFound: {
    ko: 'Notion에 이 페이지가 없거나 통합에 공유되지 않았습니다. 페이지의 ⋯ → 연결(Connections)에서 통합을 추가하세요.',
    en: 'Notion has no such page, or it is not shared with the integration; add it on the page under ⋯ → Connections.',
  },
  notAllowed: {
    ko: '통합에 이 일을 할 권한이 없습니다. notion.so/my-integrations에서 통합의 기능(내용 읽기·삽입·업데이트, 댓글)을 켜세요.',
    en: 'the integration may not do this; switch on its capabilities (read, insert and update content, comments) at notion.so/my-integrations.',
  },
  tooOften: {
    ko: 'Notion의 요청 한도에 여러 번 걸렸습니다. 잠시 뒤에 같은 명령을 다시 실행하세요.',
    en: 'Notion kept refusing because of its rate limit; run the same command again in a while.',
  },
} satisfies Record<string, Localized>;

const byStatus: Readonly<Record<number, Localized>> = {
  403: meanings.notAllowed,
  404: meanings.notFound,
  429: meanings.tooOften,
};

/** The network, or something in it that does not speak as Notion does; anything else is a fault of ours. */
function isOfNetwork(error: unknown): boolean {
  if (isNotionClientError(error) || error instanceof SyntaxError) return true;
  return error instanceof TypeError && error.cause instanceof Error;
}

/** Notion hides what the integration may not read. */
export function mayNotRead(place: Place): InputError {
  return new InputError(meanings.notAllowed, { place });
}

function meaningOf(error: unknown, place: Place): unknown {
  if (!isHTTPResponseError(error)) {
    if (!isOfNetwork(error)) return error;
    return new GraderError(
      {
        ko: 'Notion에 연결할 수 없습니다. 네트워크를 확인하고 같은 명령을 다시 실행하세요.',
        en: 'Notion cannot be reached; check the network and run the same command again.',
      },
      { place, cause: error },
    );
  }
  if (error.status === 401) {
    return new ConfigError(
      {
        ko: 'Notion이 NOTION_TOKEN을 받아들이지 않습니다. notion.so/my-integrations에서 토큰을 확인하세요.',
        en: 'Notion does not accept NOTION_TOKEN; check the token at notion.so/my-integrations.',
      },
      { cause: error },
    );
  }
  const known = byStatus[error.status];
  if (known) return new InputError(known, { place, cause: error });
  return new GraderError(
    {
      ko: `Notion이 요청을 처리하지 못했습니다(${error.status}: ${error.message}). 잠시 뒤에 같은 명령을 다시 실행하세요.`,
      en: `Notion could not handle the request (${error.status}: ${error.message}); run the same command again in a while.`,
    },
    { place, cause: error },
  );
}

/** What is not there, or not shared, may be missing where it is only shown once more. */
export async function orNothing<T>(work: Promise<T[]>): Promise<T[]> {
  return work.catch((error: unknown) => {
    if (isHTTPResponseError(error) && error.status === 404) return [];
    throw error;
  });
}

/**
 * Does something at Notion.
 * @throws GraderError that says what to do where it fails
 */
export async function atNotion<T>(place: Place, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof GraderError ? error : meaningOf(error, place);
  }
}
