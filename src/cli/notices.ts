import type { LoadedRubric } from '../app/load-rubric.ts';
import type { Chapter } from '../core/chapter.ts';
import type { ModelError } from '../core/errors.ts';
import type { Estimate } from '../core/estimate.ts';
import type { Language, Localized } from '../core/localized.ts';
import { counted } from '../core/plural.ts';
import type { ChapterWithReading } from '../import/read-documents.ts';
import { costText } from '../reports/estimate.ts';

/** Said loudly whenever the baseline judges. */
export function baselineNotice(byDefault: boolean, language: Language): string {
  const how = byDefault
    ? language === 'ko'
      ? '\n  언어 모델로 채점하려면 OPENAI_API_KEY 또는 OPENAI_BASE_URL을 설정하세요(.env.example 참고).'
      : '\n  To grade with a language model, set OPENAI_API_KEY or OPENAI_BASE_URL (see .env.example).'
    : '';
  return language === 'ko'
    ? `⚠ 오프라인 기준선(baseline)으로 채점합니다: 언어 모델 없이 낱말 겹침만 봅니다. 맞고 틀림을 가리지 못합니다.${how}\n`
    : `⚠ Grading with the offline baseline: word overlap only, no language model. It cannot tell right from wrong.${how}\n`;
}

/** Which rubric is used, and questions it names that the chapter does not have. */
export function rubricNotices(chapter: Chapter, { rubric, file }: LoadedRubric, language: Language): string {
  const ko = language === 'ko';
  const unknown = Object.keys(rubric.questions).filter(
    (no) => !chapter.questions.some((question) => question.no === Number(no)),
  );
  const without = chapter.questions.filter(
    ({ no, modelAnswer }) => modelAnswer !== null && rubric.questions[no]?.keyPoints === undefined,
  ).length;
  const isDefault = /(?:^|[\\/])default\.ya?ml$/u.test(file);
  const missing = ko ? ` (rubrics/${chapter.id}.yaml이 없어서)` : ` (there is no rubrics/${chapter.id}.yaml)`;
  const lines = [`${ko ? '루브릭' : 'Rubric'}: ${file}${isDefault ? missing : ''}`];
  if (without > 0) {
    lines.push(
      ko
        ? `  질문 ${without}개에는 핵심 내용(keyPoints)이 없어 모범답안 전체와 견줍니다.`
        : `  ${counted(without, 'question')} without key points, compared with the model answer as a whole.`,
    );
  }
  if (unknown.length > 0) {
    lines.push(
      ko
        ? `  루브릭의 질문 ${unknown.join(', ')}번은 이 단원에 없습니다.`
        : `  the rubric's questions ${unknown.join(', ')} are not in this chapter.`,
    );
  }
  return `${lines.join('\n')}\n`;
}

/** That text of a chapter was not read, where there is some, and how to see which. */
export function leftOutNotice(
  { chapter, uses }: ChapterWithReading,
  path: string,
  language: Language,
): string {
  const lines = [...uses].flatMap(([file, own]) =>
    [...own.entries()].flatMap(({ line, use }) =>
      use.role === 'ignored' || use.role === 'unread' ? [`${file}:${line}`] : [],
    ),
  );
  const [first] = lines;
  if (first === undefined) return '';
  return language === 'ko'
    ? `⚠ ${chapter.title}: ${lines.length}줄을 읽지 않았습니다(처음은 ${first}). 무엇인지는 import ${path} --explain으로 볼 수 있습니다.\n`
    : `⚠ ${chapter.title}: ${counted(lines.length, 'line')} left out (first ${first}); import ${path} --explain shows what.\n`;
}

export function skippedNotice(item: { file: string; why: Localized }, language: Language): string {
  return `${item.file}: ${language === 'ko' ? '건너뜀' : 'skipped'}: ${item.why[language]}\n`;
}

export function stoppingNotice(language: Language): string {
  return language === 'ko'
    ? '멈추는 중입니다. 이미 보낸 요청의 응답을 5초까지 기다립니다. 한 번 더 누르면 바로 멈춥니다.'
    : 'Stopping. Replies to requests already sent are awaited for up to 5 seconds; press again to stop at once.';
}

/**
 * Tells a person that requests are being repeated: each kind of failure at once, and then again when it has
 * gone on for a while, not once for every request.
 */
export function waitTeller(
  language: Language,
  tell: (text: string) => void,
): (ms: number, failure: ModelError) => void {
  const lastTold = new Map<string, number>();
  return (ms, failure) => {
    const now = Date.now();
    if (now - (lastTold.get(failure.failure) ?? Number.NEGATIVE_INFINITY) < 10_000) return;
    lastTold.set(failure.failure, now);
    const seconds = (ms / 1000).toFixed(ms < 10_000 ? 1 : 0);
    tell(
      language === 'ko'
        ? `${failure.text.ko} ${seconds}초 뒤에 다시 보냅니다.`
        : `${failure.text.en} Trying again in ${seconds} s.`,
    );
  };
}

/** Said when a run waits for what another one on the same database is asking. */
export function otherRunsNotice(requests: number, language: Language): string {
  return language === 'ko'
    ? `다른 실행이 같은 답 ${requests}개를 묻고 있어, 그 응답을 함께 쓰려고 기다립니다.`
    : `Another run is already asking about ${counted(requests, 'answer')}; waiting to share its replies.`;
}

/** Said when nothing was graded because of a failure. */
export function nothingGradedNotice(language: Language): string {
  return language === 'ko'
    ? '새로 채점한 답은 없습니다. 전에 저장된 점수는 그대로입니다.\n'
    : 'Nothing was graded; scores stored before are as they were.\n';
}

/** Said before several requests an answer are paid for. */
export function panelNotice(title: string, estimate: Estimate, samples: number, language: Language): string {
  const { models, toSend } = estimate;
  const times = samples > 1 ? ` × ${samples}` : '';
  return language === 'ko'
    ? `${title}: ${models.join(', ')}${times}, 요청 ${toSend}개. ${costText(estimate, language)}\n`
    : `${title}: ${models.join(', ')}${times}, ${counted(toSend, 'request')}. ${costText(estimate, language)}\n`;
}
