/** Items by a key, each group in the order given. */
export function grouped<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const own = groups.get(key);
    if (own) own.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}

/** Documents as a person would list them, whatever order they came in. */
export function listedByPath<T extends { path: string }>(documents: readonly T[]): T[] {
  return [...documents].sort(
    (a, b) => a.path.localeCompare(b.path, 'ko', { numeric: true }) || (a.path < b.path ? -1 : 1),
  );
}
