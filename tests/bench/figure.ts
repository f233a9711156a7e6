import { terminalTable } from '../../src/reports/table.ts';

export type Part = 'a' | 'b' | 'c' | 'd' | 'e' | 'f' | 'g' | 'h' | 'i' | 'j' | 'k';
type Unit = 's' | 'ms' | 'MB' | 'MB/s' | '/s' | '%' | 'tokens' | 'requests' | '';

/** What a figure, or its ratio to the bare loop's, should reach. */
interface Target {
  of: 'ours' | 'ratio';
  is: 'at most' | 'at least';
  value: number;
}

/** One measured figure; `bare` is that of the bare loop, where it has one. */
export interface Figure {
  part: Part;
  name: string;
  unit: Unit;
  ours: number;
  bare: number | null;
  /** Ours ÷ bare. */
  ratio: number | null;
  target: Target | null;
  /** null without a target. */
  met: boolean | null;
}

function meets({ of, is, value }: Target, ours: number, ratio: number | null): boolean {
  const measured = of === 'ours' ? ours : (ratio ?? Number.NaN);
  return is === 'at most' ? measured <= value : measured >= value;
}

/**
 * Makes a figure of a part.
 * @param unit what `ours` and `bare` are measured in
 */
export function figure(
  part: Part,
  name: string,
  unit: Unit,
  { ours, bare = null, target = null }: { ours: number; bare?: number | null; target?: Target | null },
): Figure {
  const ratio = bare === null ? null : ours / bare;
  return {
    part,
    name,
    unit,
    ours,
    bare,
    ratio,
    target,
    met: target === null ? null : meets(target, ours, ratio),
  };
}

/** A target that is met up to this value, of our own figure or of its ratio to the bare loop's. */
export function atMost(value: number, of: Target['of'] = 'ours'): Target {
  return { of, is: 'at most', value };
}

/** A target that is met from this value on, of our own figure or of its ratio to the bare loop's. */
export function atLeast(value: number, of: Target['of'] = 'ours'): Target {
  return { of, is: 'at least', value };
}

function shown(value: number | null, unit: Unit): string {
  if (value === null) return '';
  const digits = Math.abs(value) >= 100 || Number.isInteger(value) ? 0 : Math.abs(value) >= 10 ? 1 : 3;
  return `${value.toFixed(digits)}${unit === '' ? '' : ` ${unit}`}`;
}

function shownTarget({ target, unit }: Figure): string {
  if (target === null) return '';
  const sign = target.is === 'at most' ? '≤' : '≥';
  return target.of === 'ratio' ? `ratio ${sign} ${target.value}` : `${sign} ${shown(target.value, unit)}`;
}

/** The figures as a table for the terminal. */
export function figureTable(figures: readonly Figure[]): string {
  return terminalTable(
    ['', 'figure', 'ours', 'bare loop', 'ratio', 'target', 'met'],
    figures.map((item) => [
      item.part,
      item.name,
      shown(item.ours, item.unit),
      shown(item.bare, item.unit),
      item.ratio === null ? '' : item.ratio.toFixed(3),
      shownTarget(item),
      item.met === null ? '' : item.met ? 'yes' : 'NO',
    ]),
    ['left', 'left', 'right', 'right', 'right', 'left', 'left'],
  );
}

/** The middle one of some values; the mean of the middle two of an even number. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (index: number) => sorted[index] ?? Number.NaN;
  return (at(Math.floor((sorted.length - 1) / 2)) + at(Math.floor(sorted.length / 2))) / 2;
}
