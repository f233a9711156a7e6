import type { Language } from '../core/localized.ts';
import { shownTime } from '../core/shown-time.ts';
import { terminalTable } from './table.ts';

interface ShownGroup {
  name: string;
  /** ISO 8601. */
  createdAt: string;
  hasToken: boolean;
}

/** Groups as a table for the terminal, in the order given. */
export function groupsTable(groups: readonly ShownGroup[], language: Language): string {
  const ko = language === 'ko';
  const head = ko ? ['그룹', '만든 때', '토큰'] : ['group', 'since', 'token'];
  const token = (hasToken: boolean) => (ko ? (hasToken ? '있음' : '없음') : hasToken ? 'yes' : 'no');
  const rows = groups.map(({ name, createdAt, hasToken }) => [name, shownTime(createdAt), token(hasToken)]);
  return `${terminalTable(head, rows, ['left', 'left', 'left'])}\n`;
}
