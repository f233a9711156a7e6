import type { GradingService } from '../../app/grading-service.ts';
import type { Language } from '../../core/localized.ts';
import type { AppSettings } from '../settings.ts';
import type { FailedUpload } from './chapters-page.ts';
import { formProblem } from './error-page.ts';
import { fieldOf, filesOf, type SentForm } from './forms.ts';
import { words } from './words.ts';

interface Document {
  name: string;
  bytes: () => Promise<Uint8Array>;
}

const documentEnding = /\.(?:md|markdown|txt|csv|tsv|jsonl)$/iu;

/** A page that was pasted, under a name that says what it is. */
function pastedDocument(name: string, text: string, language: Language): Document {
  const title = name === '' ? words[language].pasted : name;
  return {
    name: documentEnding.test(title) ? title : `${title}.md`,
    bytes: async () => new TextEncoder().encode(text),
  };
}

function documentsIn(form: SentForm, text: string, language: Language): Document[] {
  const files = filesOf(form, 'file').map((file) => ({
    name: file.name,
    bytes: async () => new Uint8Array(await file.arrayBuffer()),
  }));
  return text === '' ? files : [...files, pastedDocument(fieldOf(form, 'name'), text, language)];
}

/** What became of the documents in a form. */
export interface HandedIn {
  /** The chapters that could be read. */
  ids: string[];
  /** null where everything could be read. */
  failed: FailedUpload | null;
}

/** Takes the files and the page that a form holds; what can be read is kept, whatever is wrong with the rest. */
export async function handIn(
  service: GradingService,
  form: SentForm,
  settings: AppSettings,
  language: Language,
): Promise<HandedIn> {
  const [name, text] = [fieldOf(form, 'name'), fieldOf(form, 'text')];
  const documents = documentsIn(form, text, language);
  const problems: string[] = documents.length === 0 ? [words[language].nothingSent] : [];
  const ids: string[] = [];
  for (const document of documents) {
    try {
      const chapters = await service.upload({ name: document.name, bytes: await document.bytes() });
      ids.push(...chapters.map(({ id }) => id));
    } catch (error) {
      problems.push(formProblem(error, settings).text[language]);
    }
  }
  return { ids, failed: problems.length === 0 ? null : { problems, name, text } };
}
