const email = /[\p{L}\p{N}._%+-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/gu;
/** What may follow a Korean name without making it another word. */
const suffix = '(?:님|씨|이|가|은|는|의|와|과|랑|이랑|도|을|를|에게|한테|께)?';

function escapeRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/gu, '\\$&');
}

/** A text without e-mail addresses. */
export function redactEmail(text: string): string {
  return text.replace(email, '[email]');
}

/**
 * An answer without what could tell whose it is: e-mail addresses and the members' names become placeholders.
 * A name that the question or the model answer uses is subject matter and stays.
 * @param reference question and model answer
 */
export function redact(answer: string, members: readonly string[], reference: string): string {
  const names = members.filter((name) => name.length > 1 && !reference.includes(name));
  let text = redactEmail(answer);
  for (const name of names.sort((a, b) => b.length - a.length)) {
    const whole = new RegExp(`(?<![\\p{L}\\p{N}])@?${escapeRegExp(name)}(${suffix})(?![\\p{L}\\p{N}])`, 'gu');
    text = text.replace(whole, '[member]$1');
  }
  return text;
}
