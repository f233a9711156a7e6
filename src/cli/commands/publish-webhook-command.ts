import { anonymousScoreboard } from '../../app/anonymous.ts';
import { sendToWebhook, webhookMessage, webhookTarget } from '../../app/publish-webhook.ts';
import { scoreboardFrom } from '../../app/show-scoreboard.ts';
import { files, isStored, openStore, openWebhook, rubricPlaces } from '../../compose.ts';
import type { Language } from '../../core/localized.ts';
import { type WebhookForm, webhookForms } from '../../core/webhook-forms.ts';
import { type ExitCode, type Io, messageLanguage, writeJson } from '../io.ts';
import { formFor, type PublishOptions } from '../publish-options.ts';

function dryRunNotice(host: string | null, form: WebhookForm, language: Language): string {
  if (language === 'ko')
    return `시험 실행: ${host === null ? '' : `${host}에 `}보낼 내용(${form})입니다. 보내려면 --yes를 붙이세요.\n`;
  return `Dry run: this would be sent${host === null ? '' : ` to ${host}`} (${form}). Add --yes to send it.\n`;
}

function sentNotice(host: string, form: WebhookForm, language: Language): string {
  return language === 'ko' ? `${host}에 보냈습니다(${form}).\n` : `Sent to ${host} (${form}).\n`;
}

function waitNotice(ms: number, host: string, language: Language): string {
  const seconds = Math.ceil(ms / 1000);
  return language === 'ko'
    ? `${host}이(가) 기다려 달라고 합니다. ${seconds}초 뒤에 다시 보냅니다.\n`
    : `${host} asks to wait; sending again in ${seconds} s.\n`;
}

/** `publish [CHAPTER…] --to webhook URL`: the scoreboard as a message; sent only with `--yes`. */
export async function publishToWebhookCommand(
  words: string[],
  options: PublishOptions,
  io: Io,
): Promise<ExitCode> {
  const wanted = formFor(options, webhookForms);
  const { chapters, url } = webhookTarget(words, io.env);
  const database = options.db;
  const store = (await isStored(database)) ? await openStore(database) : null;
  try {
    const found = await scoreboardFrom(store, chapters, files, rubricPlaces());
    const language = options.lang ?? found.language;
    const messages = messageLanguage(options, io);
    const shown = options.anonymous ? anonymousScoreboard(found, language) : found;
    const message = webhookMessage(shown, url, { wanted, language });
    const { form, body } = message;
    if (options.yes) {
      const webhook = openWebhook((ms, host) => io.err(waitNotice(ms, host, messages)));
      await sendToWebhook(message, url, webhook);
    }
    const host = url?.host ?? null;
    if (options.json) {
      writeJson(io, { to: options.to, host, form, isSent: options.yes ?? false, body });
    } else if (options.yes && host !== null) {
      io.out(sentNotice(host, form, messages));
    } else {
      io.err(dryRunNotice(host, form, messages));
      io.out(`${JSON.stringify(body, null, 2)}\n`);
    }
    return 0;
  } finally {
    await store?.close();
  }
}
