/** Texts that are looked at again and again, such as model answers, are few beside the answers that pass by. */
const usuallyKept = 500;

/**
 * A function of a text that keeps its last results: questions, model answers and rubrics are compared with every
 * answer anew. What it gives back is shared and must not be changed.
 * @param most results kept at a time, in two generations: what was not asked for while the younger one filled up is
 *   forgotten
 */
export function remembered<T>(work: (text: string) => T, most = usuallyKept): (text: string) => T {
  let younger = new Map<string, T>();
  let older = new Map<string, T>();
  return (text) => {
    const known = younger.get(text);
    if (known !== undefined) return known;
    const result = older.get(text) ?? work(text);
    younger.set(text, result);
    if (younger.size >= most / 2) {
      older = younger;
      younger = new Map();
    }
    return result;
  };
}
