import { isMap, isNode, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml';
import { z } from 'zod';
import { ConfigError } from '../core/errors.ts';
import type { Localized } from '../core/localized.ts';

type Path = readonly PropertyKey[];
type Issue = z.core.$ZodIssue;

const messagesIn = { ko: z.locales.ko().localeError, en: z.locales.en().localeError };

/** What a file is for, and the form its content must have. */
export interface YamlForm<T> {
  name: Localized;
  schema: z.ZodType<T>;
}

/** The deepest node on a path that the document has, the key's own node where a map holds it. */
export function nodeAt(root: Node | null, path: Path): Node | null {
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

function firstIssue(schema: z.ZodType, data: unknown, language: 'ko' | 'en'): Issue | null {
  const result = schema.safeParse(data, { error: messagesIn[language] });
  if (result.success) return null;
  const issues = result.error.issues.map(deepest);
  // A misspelt setting is the cause of the one that then seems to be missing.
  return issues.find((issue) => issue.code === 'unrecognized_keys') ?? issues[0] ?? null;
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

/** The rules of our own, in Korean. */
const korean: Readonly<Record<string, string>> = {
  'an id is lower-case letters, digits and _': 'id는 영문 소문자, 숫자, _로 적으세요',
  'the first level must have share 0': '첫 수준의 share는 0이어야 합니다',
  'the last level must have share 1': '마지막 수준의 share는 1이어야 합니다',
  'shares must rise from level to level': 'share는 뒤로 갈수록 커져야 합니다',
  'level ids must differ': '수준의 id는 서로 달라야 합니다',
  'criterion ids must differ': '항목의 id는 서로 달라야 합니다',
  'k1, k2 … and coverage are taken': 'k1, k2 …와 coverage는 id로 쓸 수 없습니다',
  'a question is named by its number': '질문은 번호(숫자)로 적으세요',
  'this is the name of an environment variable, not a key':
    '키가 아니라 키가 들어 있는 환경 변수의 이름을 적으세요',
  'an example needs levels or a score': '예시에는 levels나 score가 있어야 합니다',
  'a question needs at least one setting':
    '질문에는 keyPoints, guide, points, examples 가운데 하나는 있어야 합니다',
};

function ruleInWords(issue: Issue, language: 'ko' | 'en'): string {
  const rule = issue.code === 'invalid_key' ? (issue.issues[0]?.message ?? issue.message) : issue.message;
  return language === 'ko' ? (korean[rule] ?? rule) : rule;
}

/** A key point with a colon in it is read by YAML as a setting with a value. */
function isUnquotedColon(path: Path, data: unknown): boolean {
  const at = path.indexOf('keyPoints');
  const item = at < 0 ? undefined : valueAt(data, path.slice(0, at + 2));
  return typeof item === 'object' && item !== null && !Array.isArray(item) && !('text' in item);
}

function inWords(issue: Issue, data: unknown, language: 'ko' | 'en'): string {
  const where = pathInWords(issue.path);
  if (isUnquotedColon(issue.path, data)) {
    return language === 'ko'
      ? `${where}: 쌍점(:)이 들어 있는 핵심 내용은 "따옴표"로 감싸세요`
      : `${where}: put a key point that holds a colon into "quotes"`;
  }
  if (issue.code === 'unrecognized_keys') {
    const key = issue.keys[0];
    const place = where === '' ? '' : language === 'ko' ? ` (${where})` : ` in ${where}`;
    return language === 'ko' ? `"${key}" 항목은 없습니다${place}` : `there is no setting "${key}"${place}`;
  }
  if (issue.path.length > 0 && valueAt(data, issue.path) === undefined) {
    return language === 'ko' ? `${where} 항목이 빠져 있습니다` : `${where} is missing`;
  }
  const rule = ruleInWords(issue, language);
  return where === '' ? rule : `${where}: ${rule}`;
}

/**
 * Reads a YAML file of a given form.
 * @throws ConfigError naming file, line and setting when it is not YAML or not of that form
 */
export function parseYaml<T>(text: string, file: string, { name, schema }: YamlForm<T>): T {
  const fault = (line: number, what: Localized) =>
    new ConfigError(
      { ko: `${name.ko}에 오류가 있습니다: ${what.ko}`, en: `the ${name.en} is not valid: ${what.en}` },
      { place: { file, line } },
    );
  const counter = new LineCounter();
  const document = parseDocument(text, { lineCounter: counter, prettyErrors: false });
  const broken = document.errors[0];
  if (broken) {
    const line = counter.linePos(broken.pos[0]).line;
    throw fault(line, {
      ko: `YAML로 읽을 수 없습니다 (${broken.message})`,
      en: `it is not YAML (${broken.message})`,
    });
  }
  let data: unknown;
  try {
    data = document.toJS() ?? {};
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    throw fault(1, { ko: `YAML로 읽을 수 없습니다 (${said})`, en: `it is not YAML (${said})` });
  }
  const result = schema.safeParse(data);
  if (result.success) return result.data;

  const issue = firstIssue(schema, data, 'en');
  const localIssue = firstIssue(schema, data, 'ko');
  if (!issue || !localIssue) throw result.error;
  const path = issue.code === 'unrecognized_keys' ? [...issue.path, issue.keys[0] ?? ''] : issue.path;
  const offset = nodeAt(document.contents, path)?.range?.[0] ?? 0;
  throw fault(counter.linePos(offset).line, {
    ko: inWords(localIssue, data, 'ko'),
    en: inWords(issue, data, 'en'),
  });
}
