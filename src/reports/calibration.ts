import { closerLine, coverageLines, disagreementLines, warningsOf } from './calibration-lines.ts';
import {
  agreementTable,
  type CalibrationReport,
  comparisonTable,
  questionTable,
  rangeTable,
  type TableContent,
} from './calibration-tables.ts';
import { calibrationWords, figureNotes } from './calibration-words.ts';
import { inlineMarkdown } from './markdown.ts';
import { markdownTable, terminalTable } from './table.ts';

export type { CalibrationReport } from './calibration-tables.ts';

const questionsInTerminal = 12;
const disagreementsInTerminal = 5;
const longestInTerminal = 100;
const longestInMarkdown = 300;

function textTable({ head, rows, align }: TableContent): string {
  return terminalTable(head, rows, align);
}

function textComparison({ judge, against, language }: CalibrationReport): string[] {
  if (!against) return [];
  return [
    calibrationWords[language].comparison,
    textTable(comparisonTable(judge, against, language)),
    closerLine(judge, against, language),
    '',
  ];
}

function textQuestions(report: CalibrationReport): string[] {
  const words = calibrationWords[report.language];
  const more = report.calibration.perQuestion.length - questionsInTerminal;
  return [
    words.perQuestion,
    textTable(questionTable(report, questionsInTerminal)),
    ...(more > 0 ? [words.more(more)] : []),
    '',
  ];
}

function textDisagreements({ calibration, language }: CalibrationReport): string[] {
  const shown = calibration.disagreements.slice(0, disagreementsInTerminal);
  if (shown.length === 0) return [];
  const entries = shown.flatMap((result) => {
    const { head, marks, details } = disagreementLines(result, longestInTerminal, language);
    return [`  ${head}`, `    ${marks}`, ...details.map(({ label, text }) => `    ${label}: ${text}`)];
  });
  return [calibrationWords[language].disagreements, ...entries, ''];
}

/** How a judge compares with people, for the terminal. */
export function calibrationText(report: CalibrationReport): string {
  const words = calibrationWords[report.language];
  return [
    words.title(report.title),
    ...warningsOf(report),
    '',
    textTable(agreementTable(report)),
    '',
    ...coverageLines(report),
    words.fitted,
    '',
    ...textComparison(report),
    words.perRange,
    textTable(rangeTable(report)),
    '',
    ...textQuestions(report),
    ...textDisagreements(report),
  ].join('\n');
}

function pageTable({ head, rows, align }: TableContent): string {
  return markdownTable(
    head.map(inlineMarkdown),
    rows.map((row) => row.map(inlineMarkdown)),
    align,
  );
}

function pageSection(title: string, ...blocks: string[]): string[] {
  return [`## ${title}`, '', ...blocks.flatMap((block) => [block, ''])];
}

function pageComparison({ judge, against, language }: CalibrationReport): string[] {
  if (!against) return [];
  return pageSection(
    calibrationWords[language].comparison,
    pageTable(comparisonTable(judge, against, language)),
    inlineMarkdown(closerLine(judge, against, language)),
  );
}

function pageDisagreements({ calibration, language }: CalibrationReport): string[] {
  if (calibration.disagreements.length === 0) return [];
  const entries = calibration.disagreements.map((result) => {
    const { head, marks, details } = disagreementLines(result, longestInMarkdown, language);
    const lines = details.map(({ label, text }) => `- ${label}: ${inlineMarkdown(text)}`);
    return [`### ${inlineMarkdown(head)}`, '', `- ${marks}`, ...lines].join('\n');
  });
  return pageSection(calibrationWords[language].disagreements, ...entries);
}

/** How a judge compares with people, as a Markdown page with notes on the figures. */
export function calibrationMarkdown(report: CalibrationReport): string {
  const { calibration, language } = report;
  const words = calibrationWords[language];
  const notes = [...figureNotes(calibration.steps, language), words.fitted];
  return [
    `# ${inlineMarkdown(words.title(report.title))}`,
    '',
    ...warningsOf(report).flatMap((warning) => [`> ${inlineMarkdown(warning)}`, '']),
    pageTable(agreementTable(report)),
    '',
    ...coverageLines(report).flatMap((line) => [inlineMarkdown(line), '']),
    ...pageComparison(report),
    ...pageSection(words.perRange, pageTable(rangeTable(report))),
    ...pageSection(words.perQuestion, pageTable(questionTable(report, calibration.perQuestion.length))),
    ...pageDisagreements(report),
    ...pageSection(words.notes, notes.map((note) => `- ${inlineMarkdown(note)}`).join('\n')),
  ].join('\n');
}
