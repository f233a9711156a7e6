import type { GradeSummary } from '../../core/grade-summary.ts';
import type { Language } from '../../core/localized.ts';
import { type Html, html } from './html.ts';

const words = {
  ko: {
    title: '점수 분포',
    bin: (from: number, to: number, count: number) => `${from}~${to}점 ${count}개`,
    notAttempted: '답 없음',
    ungraded: '미채점',
    count: (name: string, count: number) => `${name} ${count}개`,
    axis: '점수',
  },
  en: {
    title: 'Distribution of scores',
    bin: (from: number, to: number, count: number) => `${from} to ${to}: ${count}`,
    notAttempted: 'blank',
    ungraded: 'ungraded',
    count: (name: string, count: number) => `${name}: ${count}`,
    axis: 'score',
  },
};

const bins = 10;
const slot = 26;
const gap = 22;
const left = 6;
const base = 130;
const tallest = 100;

/** How many answers have which scores, by tens, and how many are blank or ungraded; those stand beside. */
interface Distribution {
  counts: readonly number[];
  notAttempted: number;
  ungraded: number;
}

function distributionOf(grades: readonly (GradeSummary | undefined)[]): Distribution {
  const counts = Array.from({ length: bins }, () => 0);
  let [notAttempted, ungraded] = [0, 0];
  for (const grade of grades) {
    if (grade?.state === 'not_attempted') notAttempted += 1;
    else if (grade?.state !== 'graded' || grade.score === null) ungraded += 1;
    else {
      const bin = Math.min(bins - 1, Math.max(0, Math.floor(grade.score / bins)));
      counts[bin] = (counts[bin] ?? 0) + 1;
    }
  }
  return { counts, notAttempted, ungraded };
}

/** A column with its count above and its name below. */
function column(x: number, count: number, most: number, kind: 'fill' | 'aside'): Html {
  const height = Math.round((count / most) * tallest * 10) / 10;
  const number = count > 0 && html`<text x="${x + slot / 2 - 1}" y="${base - height - 5}">${count}</text>`;
  return html`<rect class="${kind}" x="${x + 1}" y="${base - height}" width="${slot - 4}" height="${height}"/>${number}`;
}

/**
 * The scores that count as a histogram by tens.
 * @param grades one for each question asked of each member; undefined where there is none yet
 */
export function histogram(grades: readonly (GradeSummary | undefined)[], language: Language): Html {
  const own = words[language];
  const { counts, notAttempted, ungraded } = distributionOf(grades);
  const most = Math.max(1, ...counts, notAttempted, ungraded);
  const sides = [own.count(own.notAttempted, notAttempted), own.count(own.ungraded, ungraded)];
  const told = counts.flatMap((count, bin) =>
    count === 0 ? [] : [own.bin(bin * bins, (bin + 1) * bins, count)],
  );
  const asideAt = (index: number) => left + bins * slot + gap + index * (slot + 20);
  const ticks = [0, 20, 40, 60, 80, 100].map(
    (score) => html`<text class="axis" x="${left + (score / bins) * slot}" y="${base + 16}">${score}</text>`,
  );
  return html`<figure>
<svg class="histogram" viewBox="0 0 ${asideAt(2) + 4} 172" role="img" aria-labelledby="histogram-title histogram-words">
<title id="histogram-title">${own.title}</title>
<desc id="histogram-words">${[...told, ...sides].join(', ')}</desc>
${counts.map((count, bin) => column(left + bin * slot, count, most, 'fill'))}
${[notAttempted, ungraded].map((count, index) => column(asideAt(index) + 6, count, most, 'aside'))}
<line class="line" x1="${left}" x2="${left + bins * slot}" y1="${base}" y2="${base}"/>
${ticks}
<text class="axis" x="${left + (bins * slot) / 2}" y="${base + 36}">${own.axis}</text>
${[own.notAttempted, own.ungraded].map((name, index) => html`<text class="axis" x="${asideAt(index) + 18}" y="${base + 16}">${name}</text>`)}
</svg>
<figcaption>${own.title}: ${[...told, ...sides].join(' · ')}</figcaption>
</figure>
`;
}
