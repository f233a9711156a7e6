import { type AttemptTarget, type FoundAttempt, findAttempt } from '../../app/find-attempt.ts';
import { pickChapters } from '../../app/pick-chapters.ts';
import { clearReview, type Decision, reviewHistory, setReview } from '../../app/review.ts';
import { gradesToReview } from '../../app/review-queue.ts';
import { rubricOfStored, underCurrentRubric } from '../../app/stored-rubric.ts';
import { files, rubricPlaces } from '../../compose.ts';
import type { AttemptKind } from '../../core/chapter.ts';
import { mostDoubtfulFirst } from '../../core/doubt.ts';
import { ConfigError } from '../../core/errors.ts';
import type { Language } from '../../core/localized.ts';
import { attemptLabel, scoreLabel } from '../../reports/labels.ts';
import { doubtsLabel, reviewTable, reviewText } from '../../reports/review.ts';
import { type CommonOptions, type ExitCode, type Io, messageLanguage, writeJson } from '../io.ts';
import { withStored } from '../open-stored.ts';

export interface ReviewListOptions extends CommonOptions {
  db: string;
}

/** Options of the commands about one attempt. */
export interface ReviewTargetOptions extends CommonOptions {
  chapter?: string;
  attempt?: AttemptKind;
  db: string;
}

export interface ReviewClearOptions extends ReviewTargetOptions {
  by: string;
  reason?: string;
}

export interface ReviewSetOptions extends ReviewTargetOptions {
  by: string;
  reason: string;
  score?: number;
  level?: Record<string, string>;
}

function find(store: Parameters<typeof findAttempt>[0], target: AttemptTarget): Promise<FoundAttempt> {
  return findAttempt(store, target, files, rubricPlaces());
}

/** `review list [CHAPTER…]`: what a person should look at, the most doubtful first, and what was decided. */
export async function reviewListCommand(
  names: string[],
  options: ReviewListOptions,
  io: Io,
): Promise<ExitCode> {
  return withStored(options.db, async (store): Promise<ExitCode> => {
    const chapters: ({ stored: FoundAttempt['stored'] } & Awaited<ReturnType<typeof gradesToReview>>)[] = [];
    for (const named of await pickChapters(store, names)) {
      const stored = await underCurrentRubric(named, files, rubricPlaces());
      chapters.push({ stored, ...(await gradesToReview(stored, store)) });
    }
    if (options.json) {
      writeJson(io, {
        chapters: chapters.map(({ stored: { id, title, language }, grades }) => ({
          id,
          title,
          queue: mostDoubtfulFirst(grades).map((grade) => ({
            ...grade,
            why: doubtsLabel(grade, options.lang ?? language),
          })),
          overrides: grades.filter((grade) => grade.override !== null),
        })),
      });
      return 0;
    }
    for (const { stored, grades, judged } of chapters)
      io.out(reviewTable(stored.title, grades, options.lang ?? stored.language, judged));
    return 0;
  });
}

/** `review show MEMBER QUESTION`: everything about one grade. */
export async function reviewShowCommand(
  member: string,
  question: number,
  options: ReviewTargetOptions,
  io: Io,
): Promise<ExitCode> {
  return withStored(options.db, async (store): Promise<ExitCode> => {
    const found = await find(store, { ...options, member, question });
    const { stored, grade, answer } = found;
    const history = await reviewHistory(store, found);
    const { text, modelAnswer } = found.question;
    if (options.json)
      writeJson(io, { chapter: stored.id, question: text, modelAnswer, answer, grade, history });
    else {
      const language = options.lang ?? stored.language;
      io.out(
        `${reviewText({ title: stored.title, question: text, modelAnswer, answer, grade, history, language })}\n`,
      );
    }
    return 0;
  });
}

function decisionFrom({ score, level }: ReviewSetOptions): Decision {
  const levels = level ?? {};
  const areLevels = Object.keys(levels).length > 0;
  if (score !== undefined && !areLevels) return { score };
  if (score === undefined && areLevels) return { levels };
  throw new ConfigError({
    ko: '--score와 --level 가운데 하나를 주세요. --level은 k1=covered처럼 여러 번 줄 수 있습니다.',
    en: 'give either --score or --level; --level may be repeated, as in --level k1=covered.',
  });
}

/** Levels that a person chose before stay where others are given. */
function withEarlierLevels(decision: Decision, { override }: FoundAttempt['grade']): Decision {
  return 'levels' in decision ? { levels: { ...override?.levels, ...decision.levels } } : decision;
}

/** One line on what stands now. */
function standsLine({ grade }: FoundAttempt, language: Language): string {
  const { member, question, attempt, override } = grade;
  const machine = override === null ? null : override.machine.score;
  const ko = language === 'ko';
  const beside =
    override === null ? '' : ko ? ` (자동 채점 ${scoreLabel(machine)})` : ` (machine ${scoreLabel(machine)})`;
  const label = attemptLabel(attempt, language);
  return ko
    ? `${member} ${question}번 ${label}: ${scoreLabel(grade.score)}점${beside}\n`
    : `${member}, question ${question}, ${label}: ${scoreLabel(grade.score)}${beside}\n`;
}

function showStanding(found: FoundAttempt, options: CommonOptions, io: Io): void {
  if (options.json) writeJson(io, { chapter: found.stored.id, grade: found.grade });
  else {
    const messages = messageLanguage(options, io);
    io.out(standsLine(found, messages));
    io.err(
      messages === 'ko'
        ? '보고서는 다음에 grade를 실행할 때 새로 씁니다.\n'
        : 'The reports are written anew the next time you run grade.\n',
    );
  }
}

/** `review set MEMBER QUESTION`: a person's decision, kept through every re-run. */
export async function reviewSetCommand(
  member: string,
  question: number,
  options: ReviewSetOptions,
  io: Io,
): Promise<ExitCode> {
  const decision = decisionFrom(options);
  return withStored(options.db, async (store): Promise<ExitCode> => {
    const found = await find(store, { ...options, member, question });
    const rubric = 'levels' in decision ? await rubricOfStored(found.stored, files, rubricPlaces()) : null;
    const { by, reason } = options;
    const whole = withEarlierLevels(decision, found.grade);
    await setReview(store, found, whole, { by, reason, at: new Date() }, rubric);
    const { attempt } = found.grade;
    showStanding(await find(store, { ...options, member, question, attempt }), options, io);
    return 0;
  });
}

/** `review clear MEMBER QUESTION`: the machine's grade counts again; the history stays. */
export async function reviewClearCommand(
  member: string,
  question: number,
  options: ReviewClearOptions,
  io: Io,
): Promise<ExitCode> {
  return withStored(options.db, async (store): Promise<ExitCode> => {
    const found = await find(store, { ...options, member, question });
    const { by, reason = '' } = options;
    await clearReview(store, found, { by, reason, at: new Date() });
    const { attempt } = found.grade;
    showStanding(await find(store, { ...options, member, question, attempt }), options, io);
    return 0;
  });
}
