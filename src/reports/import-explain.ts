import type { LineRole, LineUse, UsedLine } from '../core/line-use.ts';
import type { Language, Localized } from '../core/localized.ts';
import { counted } from '../core/plural.ts';
import { terminalTable } from './table.ts';

/** The lines of one document. */
export interface UsedDocument {
  file: string;
  lines: Iterable<UsedLine>;
}

const roles: Record<LineRole, Localized> = {
  title: { ko: '제목', en: 'title' },
  member: { ko: '멤버', en: 'member' },
  question: { ko: '질문', en: 'question' },
  answer: { ko: '답', en: 'answer' },
  revised: { ko: '고쳐 쓴 답', en: 'revised answer' },
  model_answer: { ko: '모범답안', en: 'model answer' },
  copy: { ko: '모범답안 사본', en: 'copy of the model answer' },
  heading: { ko: '구역 제목', en: 'heading' },
  property: { ko: '속성', en: 'property' },
  markup: { ko: '표시', en: 'markup' },
  ignored: { ko: '읽지 않음', en: 'left out' },
  unread: { ko: '알 수 없음', en: 'not understood' },
};

function useText({ role, member, question }: LineUse, language: Language): string {
  const whose = member === undefined || role === 'member' ? [] : [member];
  const which = question === undefined ? [] : [language === 'ko' ? `${question}번` : String(question)];
  const who = [...whose, ...which].join(' ');
  return who === '' ? roles[role][language] : `${roles[role][language]} · ${who}`;
}

const firstCharacters = 60;

function beginning(text: string): string {
  const line = [...text.trim().replace(/\s+/gu, ' ')];
  return line.length > firstCharacters ? `${line.slice(0, firstCharacters).join('')}…` : line.join('');
}

function countsOf(lines: readonly UsedLine[], language: Language): string {
  const counts = new Map<LineRole, number>();
  for (const { use } of lines) counts.set(use.role, (counts.get(use.role) ?? 0) + 1);
  const each = [...counts].map(([role, count]) => `${roles[role][language]} ${count}`).join(', ');
  return language === 'ko'
    ? `빈 줄을 뺀 ${lines.length}줄: ${each}`
    : `${counted(lines.length, 'line')} with text: ${each}`;
}

function explained({ file, lines }: UsedDocument, language: Language): string {
  const all = [...lines];
  const head = language === 'ko' ? ['행', '무엇으로 읽었나', '글'] : ['line', 'read as', 'text'];
  const rows = all.map(({ line, text, use }) => [String(line), useText(use, language), beginning(text)]);
  return [file, terminalTable(head, rows, ['right', 'left', 'left']), countsOf(all, language), ''].join('\n');
}

/** Documents line by line: what each line that is not blank was taken for, and how many of each kind there are. */
export function importExplanation(documents: Iterable<UsedDocument>, language: Language): string {
  return Array.from(documents, (document) => explained(document, language)).join('\n');
}
