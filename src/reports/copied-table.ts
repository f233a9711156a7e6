import type { Language } from '../core/localized.ts';
import { terminalTable } from './table.ts';

/** How many rows of each table were copied, as a table for the terminal. */
export function copiedTable(tables: readonly { name: string; copied: number }[], language: Language): string {
  const head = language === 'ko' ? ['표', '복사한 행'] : ['table', 'rows copied'];
  const rows = tables.map(({ name, copied }) => [name, String(copied)]);
  return `${terminalTable(head, rows, ['left', 'right'])}\n`;
}
