import { InputError } from '../../core/errors.ts';
import type { PageContext } from './page-view.ts';
import { words } from './words.ts';

/** What a form sent: texts and files by the names of its fields. */
export type SentForm = ReadonlyMap<string, readonly (string | File)[]>;

/**
 * Reads a form that was sent.
 * @throws InputError where its body is not a form
 */
export async function sentForm(context: PageContext): Promise<SentForm> {
  try {
    const data = await context.req.formData();
    return new Map([...new Set(data.keys())].map((name) => [name, data.getAll(name)]));
  } catch (cause) {
    if (!(cause instanceof TypeError)) throw cause;
    throw new InputError({ ko: words.ko.unreadForm, en: words.en.unreadForm }, { cause });
  }
}

/** The text in a field, without spaces around it; empty where there is none. */
export function fieldOf(form: SentForm, name: string): string {
  const [value] = form.get(name) ?? [];
  return typeof value === 'string' ? value.trim() : '';
}

/** The files of a field that somebody chose; a field left alone sends one without name and content. */
export function filesOf(form: SentForm, name: string): File[] {
  const files = (form.get(name) ?? []).filter((value) => value instanceof File);
  return files.filter((file) => file.name !== '' || file.size > 0);
}
