import type { Language, Localized } from '../core/localized.ts';
import { counted } from '../core/plural.ts';
import type { PublishAction } from '../core/published.ts';

interface Step {
  action: PublishAction;
  why: Localized | null;
}

/** What is written on a page, and what is left as it is. */
export interface PublishReport {
  page: { title: string };
  chapter: { title: string };
  feedback: readonly (Step & { member: string; question: number; outcome: string })[];
  scoreboard: Step | null;
}

const signs: Record<PublishAction, string> = { add: '+', change: '~', keep: '=', skip: '!' };

function line({ action, why }: Step, what: string, outcome: string, language: Language): string {
  const tail = why === null ? outcome : why[language];
  return `  ${signs[action]} ${tail === '' ? what : `${what}: ${tail}`}`;
}

function countLine(report: PublishReport, isWritten: boolean, language: Language): string {
  const steps = [...report.feedback, ...(report.scoreboard ? [report.scoreboard] : [])];
  const count = (action: PublishAction) => steps.filter((step) => step.action === action).length;
  const [added, changed, kept, left] = [count('add'), count('change'), count('keep'), count('skip')];
  if (language === 'ko') {
    const tail = `그대로 ${kept}, 건너뜀 ${left}`;
    return isWritten
      ? `새로 씀 ${added}, 고침 ${changed}, ${tail}`
      : `새로 쓸 것 ${added}, 고칠 것 ${changed}, ${tail}`;
  }
  const tail = `${kept} unchanged, ${left} left out`;
  return isWritten
    ? `${added} added, ${changed} changed, ${tail}`
    : `${added} to add, ${changed} to change, ${tail}`;
}

/** What publishing does on a page, line by line; what stays as it is is only counted. */
export function publishText(report: PublishReport, isWritten: boolean, language: Language): string {
  const { page, chapter, feedback, scoreboard } = report;
  const ko = language === 'ko';
  const lines = feedback
    .filter(({ action }) => action !== 'keep')
    .map((step) =>
      line(
        step,
        ko ? `${step.member} ${step.question}번` : `${step.member}, question ${step.question}`,
        step.outcome,
        language,
      ),
    );
  if (scoreboard && scoreboard.action !== 'keep')
    lines.push(line(scoreboard, ko ? '점수판' : 'scoreboard', '', language));
  const head = page.title === chapter.title ? page.title : `${page.title} · ${chapter.title}`;
  return [head, ...lines, `  ${countLine(report, isWritten, language)}`, ''].join('\n');
}

/** Said when nothing was written because nobody said that it should be. */
export function notWrittenNotice(changes: number, language: Language): string {
  if (changes === 0) return language === 'ko' ? '바뀐 것이 없습니다.\n' : 'Nothing has changed.\n';
  return language === 'ko'
    ? `아직 아무것도 쓰지 않았습니다. ${changes}개를 쓰려면 --yes를 붙여 다시 실행하세요.\n`
    : `Nothing has been written yet; to write ${counted(changes, 'item')}, run it again with --yes.\n`;
}
