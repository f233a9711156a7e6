/** Whether what is named as a database is the address of a PostgreSQL server rather than a file. */
export function isPostgresAddress(database: string): boolean {
  return /^postgres(ql)?:\/\//u.test(database);
}

/** An address as it may be shown: without passwords, and cut short where it cannot be told whether one is in it. */
export function withoutPassword(address: string): string {
  // To the last @: a password that was not encoded may hold one itself.
  return address
    .replace(/^(\w+:\/\/[^:/?#@]*):.*@/su, '$1@')
    .replace(/^(\w+:\/\/[^:/?#@[]*):(?!\d{0,5}(?:[/?#]|$)).*/su, '$1:***')
    .replace(/([?&](?:ssl)?password=)[^&#]*/giu, '$1***');
}

/**
 * The address of a group's part of a database: `postgres://host/school?group=class-a`.
 * @param group its name; nothing changes where it is left out or the address names one already
 */
export function addressOfGroup(address: string, group: string | undefined): string {
  const name = group?.trim() ?? '';
  if (name === '' || groupIn(address).group !== undefined) return address;
  return `${address}${address.includes('?') ? '&' : '?'}group=${encodeURIComponent(name)}`;
}

/** A query's parameter; `&` alone may stand in a password. */
const groupParameter = /(?<=\?(?:.*&)?)group=[^&#]*&?/gsu;

/** An address as the server takes it, and the group that it names. */
export function groupIn(address: string): { address: string; group: string | undefined } {
  const [parameter] = address.match(groupParameter) ?? [];
  if (parameter === undefined) return { address, group: undefined };
  const group = new URLSearchParams(parameter).get('group')?.normalize('NFC');
  // The rest stays as it is written: encoded anew, the @ that ends a password could not be told any more.
  return { address: address.replace(groupParameter, '').replace(/[?&]$/u, ''), group };
}
