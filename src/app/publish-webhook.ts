import { ConfigError } from '../core/errors.ts';
import type { Localized } from '../core/localized.ts';
import type { WebhookForm } from '../core/webhook-forms.ts';
import { discordCard } from '../reports/discord-card.ts';
import type { ScoreboardReport } from '../reports/scoreboard-content.ts';
import { slackCard } from '../reports/slack-card.ts';
import type { Webhook } from '../webhook.ts';
import { scoreboardDocument } from './scoreboard-document.ts';
import type { Scoreboard } from './show-scoreboard.ts';

const variable = 'ANSWER_GRADER_WEBHOOK';
/** Also what is half an address: taken for a chapter's title, it would be repeated as one that is not known. */
const likeAnAddress = /:\/\/|^\/\/|^(?:[\w-]+\.)+[a-z]{2,}(?::\d+)?\/|^[\w.-]+:\d+\//iu;
const onThisMachine = /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/u;

/** No sentence shows the address: it is a secret, and terminals keep what they show. */
function wrongAddress(text: Localized): ConfigError {
  return new ConfigError({
    ko: `${text.ko} 웹훅을 만들 때 받은 https:// 주소를 명령 끝이나 환경 변수 ${variable}에 적으세요.`,
    en: `${text.en}; give the https:// address that the chat showed when the webhook was made, as an argument or in ${variable}.`,
  });
}

function checkedAddress(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url?.protocol !== 'https:' && url?.protocol !== 'http:') {
    throw wrongAddress({
      ko: '웹훅의 주소가 올바르지 않습니다.',
      en: "the webhook's address is not a web address",
    });
  }
  if (url.protocol === 'http:' && !onThisMachine.test(url.hostname)) {
    throw wrongAddress({
      ko: '웹훅의 주소가 http://로 시작합니다. 이 컴퓨터 밖으로는 암호화해서만 보냅니다.',
      en: "the webhook's address begins with http://, and beyond this machine nothing is sent in the open",
    });
  }
  if (url.username !== '' || url.password !== '') {
    throw wrongAddress({
      ko: '웹훅의 주소에 사용자 이름이나 비밀번호가 들어 있습니다.',
      en: "the webhook's address holds a user name or password",
    });
  }
  return url;
}

/** What is to be published, and where to; null when no address is known. */
export interface WebhookTarget {
  chapters: string[];
  url: URL | null;
}

/**
 * Tells the address among the words of a command from the titles of chapters.
 * @param words titles or ids of chapters, and at most one address, wherever it stands
 * @param env where the address is looked for when none is given
 * @throws ConfigError when there are two addresses, or it is none that may be sent to
 */
export function webhookTarget(words: readonly string[], env: NodeJS.ProcessEnv): WebhookTarget {
  const chapters = words.filter((word) => !likeAnAddress.test(word.trim()));
  const addresses = words.filter((word) => likeAnAddress.test(word.trim()));
  if (addresses.length > 1) {
    throw new ConfigError({
      ko: '웹훅의 주소가 둘 이상입니다. 하나씩 보내세요.',
      en: 'there is more than one webhook address; send to one at a time.',
    });
  }
  const address = (addresses[0] ?? env[variable] ?? '').trim();
  return { chapters, url: address === '' ? null : checkedAddress(address) };
}

/** The form that a host takes; JSON where nothing is known of it. */
function formOf({ hostname }: URL): WebhookForm {
  if (/^hooks\.slack(?:-gov)?\.com$/u.test(hostname)) return 'slack';
  return /^(?:[\w-]+\.)?discord(?:app)?\.com$/u.test(hostname) ? 'discord' : 'json';
}

/** A message that can be looked at before it is sent. */
export interface WebhookMessage {
  form: WebhookForm;
  body: object;
}

function bodyOf(scoreboard: Scoreboard, form: WebhookForm, language: Scoreboard['language']): object {
  if (form === 'json') return { schemaVersion: 1, ...scoreboardDocument(scoreboard) };
  const { chapters, rows, judged, isWeighted } = scoreboard;
  const report: ScoreboardReport = { chapters, rows, grades: judged, isWeighted, language };
  return form === 'slack' ? slackCard(report) : discordCard(report);
}

/**
 * The message for a webhook.
 * @param wanted the form, where it is not to be told by the host
 * @throws ConfigError when neither address nor form is known
 */
export function webhookMessage(
  scoreboard: Scoreboard,
  url: URL | null,
  { wanted, language }: { wanted: WebhookForm | undefined; language: Scoreboard['language'] },
): WebhookMessage {
  const form = wanted ?? (url === null ? undefined : formOf(url));
  if (form === undefined) throw noAddress();
  return { form, body: bodyOf(scoreboard, form, language) };
}

function noAddress(): ConfigError {
  return wrongAddress({ ko: '보낼 웹훅의 주소가 없습니다.', en: 'there is no webhook to send to' });
}

/**
 * Sends a message. Nothing is noted of it.
 * @returns the host it went to
 * @throws ConfigError without an address, or when there is no webhook at it
 * @throws DeliveryError when it was not taken
 */
export async function sendToWebhook(
  { body }: WebhookMessage,
  url: URL | null,
  webhook: Webhook,
): Promise<string> {
  if (url === null) throw noAddress();
  await webhook.post(url, body);
  return url.host;
}
