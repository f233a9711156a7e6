const date = /^(\d{1,4})[./-]\s*(\d{1,2})[./-]\s*(\d{1,4})\.?(?:[T\s,]+(.*))?$/u;
const clock = /(\d{1,2}):(\d{2})(?::(\d{2}))?/u;
const zone = /(?:GMT|UTC|(?<=:\d\d(?:\.\d+)?)\s*)([+-])(\d{1,2}):?(\d{2})?\s*$/iu;

/** Day and month as people of different countries write them. */
type Order = 'month-first' | 'day-first';

interface Parts {
  numbers: readonly [number, number, number];
  isYearFirst: boolean;
  rest: string;
}

function partsOf(written: string): Parts | null {
  const plain = written
    .replace(/(\d)\s*[년月年월]\s*/gu, '$1/')
    .replace(/(\d)\s*[일日]\s*/gu, '$1 ')
    .trim();
  const found = date.exec(plain);
  if (!found) return null;
  const [, first = '', second = '', third = '', rest = ''] = found;
  return {
    numbers: [Number(first), Number(second), Number(third)],
    isYearFirst: first.length === 4,
    rest,
  };
}

/** Which of two numbers is the month, as far as one that is too great for a month tells. */
function orderOf(all: readonly Parts[]): Order | null {
  const open = all.filter(({ isYearFirst }) => !isYearFirst);
  if (open.some(({ numbers: [first] }) => first > 12)) return 'day-first';
  return open.some(({ numbers: [, second] }) => second > 12) ? 'month-first' : null;
}

function minutesOfZone(rest: string): number {
  const found = zone.exec(rest);
  if (!found) return 0;
  const minutes = Number(found[2]) * 60 + Number(found[3] ?? 0);
  return found[1] === '-' ? -minutes : minutes;
}

function timeOf({ numbers: [first, second, third], isYearFirst, rest }: Parts, order: Order | null) {
  if (!isYearFirst && order === null) return null;
  const [month, day] = isYearFirst
    ? [second, third]
    : order === 'day-first'
      ? [second, first]
      : [first, second];
  const year = isYearFirst ? first : third < 100 ? 2000 + third : third;
  if (month < 1 || month > 12 || day < 1 || day > 31) return null;
  const [, hours = '0', minutes = '0', seconds = '0'] = clock.exec(rest) ?? [];
  const isHalf = /오전|오후|[ap]\.?m/iu.test(rest);
  const isAfternoon = /오후|p\.?m/iu.test(rest);
  const hour = isHalf ? (Number(hours) % 12) + (isAfternoon ? 12 : 0) : Number(hours);
  return Date.UTC(year, month - 1, day, hour, Number(minutes) - minutesOfZone(rest), Number(seconds));
}

/**
 * The times of a column of time stamps, as forms write them in Korean and English, in milliseconds; null for one that
 * is not understood, or whose month cannot be told from its day.
 */
export function readTimestamps(written: readonly string[]): (number | null)[] {
  const all = written.map(partsOf);
  const order = orderOf(all.filter((parts) => parts !== null));
  return all.map((parts) => parts && timeOf(parts, order));
}
