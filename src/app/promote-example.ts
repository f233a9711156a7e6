import { basename, dirname, join, resolve } from 'node:path';
import { type Document, isMap, isScalar, isSeq, parseDocument, YAMLMap, YAMLSeq } from 'yaml';
import { ConfigError } from '../core/errors.ts';
import type { MarkedExample } from '../core/rubric.ts';
import type { Files } from '../files.ts';
import { decodeDocument } from '../import/decode.ts';
import { redact } from '../judge/redact.ts';
import type { FoundAttempt } from './find-attempt.ts';
import type { RubricPlaces } from './load-rubric.ts';
import { parseRubricFile } from './parse-rubric.ts';

/** The decision on an attempt as a marked example, without anybody's name. */
function exampleFrom({ grade, stored, answer, question }: FoundAttempt): MarkedExample {
  const { override } = grade;
  if (override === null) {
    throw new ConfigError({
      ko: '사람이 정한 점수만 예시가 될 수 있습니다. 먼저 review set으로 정하세요.',
      en: 'only what a person decided can become an example; decide first with "review set".',
    });
  }
  if (override.stale.length > 0) {
    throw new ConfigError({
      ko: '정한 뒤에 답이나 모범답안, 루브릭이 바뀌었습니다. 다시 정한 다음 예시로 넣으세요.',
      en: 'answer, model answer or rubric changed since this was decided; decide again, then promote it.',
    });
  }
  const members = [...new Set(stored.submissions.map((item) => item.member))];
  const nameless = (own: string) => redact(own, members, `${question.text}\n${question.modelAnswer ?? ''}`);
  const text = nameless(answer).trim();
  if (text === '') {
    throw new ConfigError({
      ko: '이 답의 글이 저장되어 있지 않습니다. 단원을 다시 채점한 뒤 해 보세요.',
      en: 'the text of this answer is not kept; grade the chapter again first.',
    });
  }
  // Only what the person chose: the machine's other levels would come back to it as the leader's.
  const { levels } = override;
  const marks = Object.keys(levels).length > 0 ? { levels } : { score: override.score };
  return { answer: text, ...marks, why: nameless(override.reason) };
}

/** Where the examples of a chapter go: its own rubric, never one that chapters share. */
function rubricFileFor({ stored }: FoundAttempt, places: RubricPlaces): { file: string; base: string } {
  const inUse = stored.rubricFile;
  const own = `${stored.id}.yaml`;
  if (inUse === null || resolve(dirname(inUse)) === resolve(places.builtIn))
    return { file: resolve(join(places.folder, 'rubrics', own)), base: 'default.yaml' };
  const isOwn =
    basename(inUse)
      .normalize('NFC')
      .replace(/\.ya?ml$/u, '') === stored.id;
  return isOwn
    ? { file: inUse, base: 'default.yaml' }
    : { file: join(dirname(inUse), own), base: basename(inUse) };
}

/** The value under a key, whether it is written as a number or as a text; made when it is not there. */
function childOf<T extends YAMLMap | YAMLSeq>(parent: YAMLMap, key: string | number, make: () => T): T {
  const pair = parent.items.find((item) => isScalar(item.key) && String(item.key.value) === String(key));
  if (isMap(pair?.value) || isSeq(pair?.value)) return pair.value as T;
  if (pair?.value) {
    throw new ConfigError({
      ko: `루브릭의 ${key} 항목이 다른 항목을 가리키고 있어(&, *) 예시를 넣을 수 없습니다. 직접 적어 주세요.`,
      en: `the rubric's ${key} refers to another entry (& and *), so no example can be added; write it in by hand.`,
    });
  }
  const made = make();
  parent.set(key, made);
  return made;
}

function withExample(document: Document, question: number, example: MarkedExample, base: string): void {
  const root = isMap(document.contents) ? document.contents : new YAMLMap();
  if (root !== document.contents) document.contents = root as never;
  if (root.items.length === 0) root.set('extends', base);
  const questions = childOf(root, 'questions', () => new YAMLMap());
  const own = childOf(questions, question, () => new YAMLMap());
  const examples = childOf(own, 'examples', () => new YAMLSeq());
  examples.add(document.createNode(example));
}

/**
 * Adds a decision to the chapter's rubric as a marked example.
 * @returns the rubric's file
 * @throws ConfigError when there is no decision, or the rubric is not valid
 */
export async function promoteExample(
  found: FoundAttempt,
  files: Files,
  places: RubricPlaces,
): Promise<{ file: string; example: MarkedExample }> {
  const example = exampleFrom(found);
  const { file, base } = rubricFileFor(found, places);
  const bytes = await files.readIfThere(file);
  const text = bytes === null || bytes.length === 0 ? '' : decodeDocument(bytes, file);
  const { questions = {} } = parseRubricFile(text, file);
  const same = questions[found.question.no]?.examples?.some((item) => item.answer === example.answer);
  if (same) {
    throw new ConfigError(
      {
        ko: '이 답은 이미 예시로 들어 있습니다.',
        en: 'this answer is already one of the examples.',
      },
      { place: { file } },
    );
  }
  const document = parseDocument(text);
  withExample(document, found.question.no, example, base);
  await files.write(file, document.toString({ lineWidth: 0 }));
  return { file, example };
}
