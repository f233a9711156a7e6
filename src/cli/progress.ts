import { SingleBar } from 'cli-progress';
import type { Progress } from '../app/grade-chapter.ts';
import type { Language } from '../core/localized.ts';
import type { Io } from './io.ts';

/** Shows how far a run is: a bar on a terminal, a line every tenth elsewhere. */
export interface ProgressDisplay {
  show(progress: Progress): void;
  /** Says something without tearing the bar. */
  note(text: string): void;
  close(): void;
}

function spentLabel({ spent }: Progress, language: Language): string {
  if (spent.requests === 0) return '';
  const tokens = spent.inputTokens + spent.outputTokens;
  const cost = spent.costUsd === null ? '' : ` · $${spent.costUsd.toFixed(4)}`;
  return language === 'ko' ? ` · 토큰 ${tokens}${cost}` : ` · ${tokens} tokens${cost}`;
}

function barDisplay(language: Language): ProgressDisplay {
  const words =
    language === 'ko' ? '개 · 초당 {rate} · 남은 시간 {eta_formatted}' : ' · {rate}/s · {eta_formatted} left';
  const bar = new SingleBar({
    format: `{bar} {value}/{total}${words}{spent}`,
    stream: process.stderr,
    barsize: 24,
    barCompleteChar: '█',
    barIncompleteChar: '░',
    hideCursor: true,
    clearOnComplete: false,
    gracefulExit: false,
  });
  let startedAt: number | null = null;
  return {
    show(progress) {
      if (startedAt === null || progress.done === 0) {
        startedAt = Date.now();
        bar.start(progress.total, progress.done, { rate: '–', spent: '' });
        return;
      }
      const seconds = (Date.now() - startedAt) / 1000;
      const rate = seconds > 0 ? (progress.done / seconds).toFixed(1) : '–';
      bar.update(progress.done, { rate, spent: spentLabel(progress, language) });
    },
    note(text) {
      process.stderr.write(`\r\u001b[K${text}\n`);
    },
    close() {
      if (startedAt !== null) bar.stop();
    },
  };
}

function lineDisplay(io: Io, language: Language): ProgressDisplay {
  let lastTenth = 0;
  return {
    show(progress) {
      if (progress.done === 0) lastTenth = 0;
      if (progress.done === 0 || progress.total === 0) return;
      const tenth = Math.floor((10 * progress.done) / progress.total);
      if (tenth === lastTenth) return;
      lastTenth = tenth;
      const count = `${progress.done}/${progress.total}`;
      io.err(`${language === 'ko' ? `채점 ${count}` : `graded ${count}`}${spentLabel(progress, language)}\n`);
    },
    note: (text) => io.err(`${text}\n`),
    close: () => {},
  };
}

/** The display that fits: nothing at all is drawn for runs without a model, which take no time. */
export function createProgressDisplay(io: Io, language: Language, isTimeless: boolean): ProgressDisplay {
  if (isTimeless) return { show: () => {}, note: (text) => io.err(`${text}\n`), close: () => {} };
  return io.isTerminal ? barDisplay(language) : lineDisplay(io, language);
}
