import { isMap, isNode, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml';
import { z } from 'zod';
import { ConfigError } from '../core/errors.ts';
import type { Localized } from '../core/localized.ts';
import { type RubricFile, rubricFileSchema } from '../core/rubric.ts';

type Path = readonly PropertyKey[];
type Issue = z.core.$ZodIssue;

const messagesIn = { ko: z.locales.ko().localeError, en: z.locales.en().localeError };

function fault(file: string, line: number, what: Localized): ConfigError {
  return new ConfigError(
    { ko: `루브릭에 오류가 있습니다: ${what.ko}`, en: `the rubric is not valid: ${what.en}` },
    { place: { file, line } },
  );
}

/** The deepest node on a path that the document has, the key's own node where a map holds it. */
function nodeAt(root: Node | null, path: Path): Node | null {
  let value = root;
  let found = root;
  for (const part of path) {
    if (isMap(value)) {
      const pair = value.items.find((item) => isScalar(item.key) && String(item.key.value) === String(part));
      if (!pair) return found;
      found = pair.key as Node;
      value = isNode(pair.value) ? pair.value : null;
    } else if (isSeq(value)) {
      const item = value.items[Number(part)];
      if (!isNode(item)) return found;
      found = item;
      value = item;
    } else return found;
  }
  return found;
}

/** The most telling issue inside a union: the one whose path leads furthest, an unknown setting before others. */
function deepest(issue: Issue): Issue {
  if (issue.code !== 'invalid_union') return issue;
  const inner = issue.errors
    .flat()
    .filter((item) => item.path.length > 0 || item.code === 'unrecognized_keys')
    .sort((a, b) => b.path.length - a.path.length)[0];
  return inner ? { ...deepest(inner), path: [...issue.path, ...inner.path] } : issue;
}

function firstIssue(data: unknown, language: 'ko' | 'en'): Issue | null {
  const result = rubricFileSchema.safeParse(data, { error: messagesIn[language] });
  const issue = result.success ? undefined : result.error.issues[0];
  return issue ? deepest(issue) : null;
}

function valueAt(data: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (value, part) => (value as Record<PropertyKey, unknown> | undefined)?.[part],
    data,
  );
}

function pathInWords(path: Path): string {
  return path.map((part) => (typeof part === 'number' ? `[${part + 1}]` : String(part))).join(' › ');
}

function inWords(issue: Issue, data: unknown, language: 'ko' | 'en'): string {
  const where = pathInWords(issue.path);
  if (issue.code === 'unrecognized_keys') {
    const key = issue.keys[0];
    const place = where === '' ? '' : language === 'ko' ? ` (${where})` : ` in ${where}`;
    return language === 'ko' ? `"${key}" 항목은 없습니다${place}` : `there is no setting "${key}"${place}`;
  }
  if (issue.path.length > 0 && valueAt(data, issue.path) === undefined) {
    return language === 'ko' ? `${where} 항목이 빠져 있습니다` : `${where} is missing`;
  }
  return where === '' ? issue.message : `${where}: ${issue.message}`;
}

/**
 * Reads a rubric file.
 * @throws ConfigError naming file, line and setting when it is not YAML or not a rubric
 */
export function parseRubricFile(text: string, file: string): RubricFile {
  const counter = new LineCounter();
  const document = parseDocument(text, { lineCounter: counter, prettyErrors: false });
  const broken = document.errors[0];
  if (broken) {
    const line = counter.linePos(broken.pos[0]).line;
    throw fault(file, line, {
      ko: `YAML로 읽을 수 없습니다 (${broken.message})`,
      en: `it is not YAML (${broken.message})`,
    });
  }
  const data: unknown = document.toJS() ?? {};
  const result = rubricFileSchema.safeParse(data);
  if (result.success) return result.data;

  const issue = firstIssue(data, 'en');
  const localIssue = firstIssue(data, 'ko');
  if (!issue || !localIssue) throw result.error;
  const path = issue.code === 'unrecognized_keys' ? [...issue.path, issue.keys[0] ?? ''] : issue.path;
  const offset = nodeAt(document.contents, path)?.range?.[0] ?? 0;
  throw fault(file, counter.linePos(offset).line, {
    ko: inWords(localIssue, data, 'ko'),
    en: inWords(issue, data, 'en'),
  });
}
