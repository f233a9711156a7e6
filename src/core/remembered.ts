/** Texts that are looked at again and again, such as model answers, are few beside the answers that pass by. */
const mostKept = 500;

/**
 * A function of a text that keeps its last results: questions, model answers and rubrics are compared with every
 * answer anew. What it gives back is shared and must not be changed.
 */
export function remembered<T>(work: (text: string) => T): (text: string) => T {
  const kept = new Map<string, T>();
  return (text) => {
    const known = kept.get(text);
    if (known !== undefined) {
      kept.delete(text);
      kept.set(text, known);
      return known;
    }
    const result = work(text);
    kept.set(text, result);
    const [oldest] = kept.keys();
    if (kept.size > mostKept && oldest !== undefined) kept.delete(oldest);
    return result;
  };
}
