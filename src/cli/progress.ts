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

/** A time in seconds as 5s, 1m40s or 2h05m. */
function leftLabel(seconds: number): string {
  const whole = Math.round(seconds);
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60];
  const two = (value: number) => String(value).padStart(2, '0');
  if (hours > 0) return `${hours}h${two(minutes)}m`;
  return minutes > 0 ? `${minutes}m${two(whole % 60)}s` : `${whole}s`;
}

function barDisplay(language: Language): ProgressDisplay {
  const words = language === 'ko' ? '개 · 초당 {rate} · 남은 시간 {left}' : ' · {rate}/s · {left} left';
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
        bar.start(progress.total, progress.done, { rate: '–', left: '–', spent: '' });
        return;
      }
      const seconds = (Date.now() - startedAt) / 1000;
      const rate = seconds > 0 ? (progress.done / seconds).toFixed(1) : '–';
      const left = leftLabel((seconds * (progress.total - progress.done)) / progress.done);
      bar.update(progress.done, { rate, left, spent: spentLabel(progress, language) });
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
      io.err(`${language === 'ko' ? `처리 ${count}` : `done ${count}`}${spentLabel(progress, language)}\n`);
    },
    note: (text) => io.err(`${text}\n`),
    close: () => {},
  };
}

/** Nobody wants to see how far a run is that ends within this time. */
const shortMs = 2000;

/** Nothing is drawn at first, and nothing at all for a short run. */
function lateDisplay(io: Io, open: () => ProgressDisplay): ProgressDisplay {
  const startedAt = Date.now();
  let display: ProgressDisplay | null = null;
  return {
    show(progress) {
      if (display === null && Date.now() - startedAt < shortMs) return;
      display ??= open();
      display.show(progress);
    },
    note: (text) => (display ? display.note(text) : io.err(`${text}\n`)),
    close: () => display?.close(),
  };
}

/**
 * The display that fits.
 * @param isQuick the run asks no model, so that it takes no time unless it is large
 */
export function createProgressDisplay(io: Io, language: Language, isQuick: boolean): ProgressDisplay {
  const open = () => (io.isTerminal ? barDisplay(language) : lineDisplay(io, language));
  return isQuick ? lateDisplay(io, open) : open();
}
