import { type NotionChapters, notionChapters } from '../../app/notion-chapters.ts';
import { isNotionPath } from '../../app/notion-documents.ts';
import type { NotionWriter } from '../../app/notion-pages.ts';
import { type PublishForm, publishForms } from '../../app/publish-channel.ts';
import { gradedOnly, type PublishPlan, planPublishing, publishToNotion } from '../../app/publish-notion.ts';
import { files, openNotion, rubricPlaces, sourcesFor } from '../../compose.ts';
import { ConfigError } from '../../core/errors.ts';
import { notWrittenNotice, publishText } from '../../reports/publish.ts';
import { type ExitCode, type Io, messageLanguage, writeJson } from '../io.ts';
import { skippedNotice } from '../notices.ts';
import { withStored } from '../open-stored.ts';
import { formFor, type PublishOptions } from '../publish-options.ts';

function notInNotion(): ConfigError {
  return new ConfigError({
    ko: 'Notion에 올리려면 notion: 뒤에 페이지의 주소나 id를 하나 적으세요.',
    en: "to publish to Notion, write one page's address or id behind notion:.",
  });
}

function stepsOf({ feedback, scoreboard }: PublishPlan) {
  return [...feedback, ...(scoreboard ? [scoreboard] : [])];
}

function planDocument({ page, chapter, feedback, scoreboard }: PublishPlan, io: Io, options: PublishOptions) {
  const language = messageLanguage(options, io);
  return {
    page,
    chapter,
    feedback: feedback.map(({ member, question, action, outcome, why, content }) => ({
      member,
      question,
      action,
      outcome,
      why: why?.[language] ?? null,
      text: content?.map(({ text }) => text).join('') ?? null,
    })),
    scoreboard: scoreboard && { action: scoreboard.action, why: scoreboard.why?.[language] ?? null },
  };
}

/** Plans one page after the other and writes each where told to, so that a stop leaves whole pages behind. */
async function publishAll(
  { chapters }: NotionChapters,
  options: PublishOptions,
  as: PublishForm,
  writer: NotionWriter,
  store: Parameters<typeof planPublishing>[2]['store'],
): Promise<PublishPlan[]> {
  const wish = { as, scoreboard: options.scoreboard ?? false, lang: options.lang };
  const plans: PublishPlan[] = [];
  for (const document of chapters) {
    const plan = await planPublishing(document, wish, { store, files, places: rubricPlaces(), writer });
    plans.push(options.yes ? await publishToNotion(plan, as, writer) : plan);
  }
  return plans;
}

/** `publish PAGE --to notion`: feedback below the answers, and the scoreboard, on the group's page. */
export async function publishToNotionCommand(
  words: string[],
  options: PublishOptions,
  io: Io,
): Promise<ExitCode> {
  const messages = messageLanguage(options, io);
  const as = formFor(options, publishForms) ?? 'callouts';
  const [page = '', ...others] = words;
  if (!isNotionPath(page) || others.length > 0) throw notInNotion();
  return withStored(options.db, async (store): Promise<ExitCode> => {
    const { pages, writer } = await openNotion(io.env);
    const read = await notionChapters(page, { ...sourcesFor(io.env), pages }, options);
    const found = await gradedOnly(read, store);
    for (const item of found.skipped) io.err(skippedNotice(item, messages));
    const isWritten = options.yes ?? false;
    const plans = await publishAll(found, options, as, writer, store);
    const steps = plans.flatMap(stepsOf);
    if (options.json) {
      writeJson(io, {
        to: options.to,
        as,
        written: isWritten,
        pages: plans.map((plan) => planDocument(plan, io, options)),
      });
    } else {
      for (const plan of plans) io.out(publishText(plan, isWritten, plan.language));
    }
    const changes = steps.filter(
      ({ action, surplus }) => action === 'add' || action === 'change' || surplus.length > 0,
    );
    if (!isWritten) io.err(notWrittenNotice(changes.length, messages));
    return steps.some(({ action }) => action === 'skip') ? 1 : 0;
  });
}
