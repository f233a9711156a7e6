import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { findRubric, loadRubric } from '../../src/app/load-rubric.ts';
import { promoteExample } from '../../src/app/promote-example.ts';
import { type Decision, setReview } from '../../src/app/review.ts';
import { rubricOfStored } from '../../src/app/stored-rubric.ts';
import { ConfigError } from '../../src/core/errors.ts';
import {
  cachingFile,
  cachingRubric,
  cachingRubricText,
  type GradedGroup,
  gradedGroup,
  withAnswer,
} from '../helpers/graded-chapter.ts';
import { linesOf } from '../helpers/run-cli.ts';

const rubricFile = `/group/${cachingRubric}`;

async function decide(group: GradedGroup, member: string, question: number, decision: Decision) {
  const found = await group.find(member, question);
  const rubric = await rubricOfStored(found.stored, group.files, group.places);
  const signature = { by: 'Lea', reason: 'the use is missing', at: new Date(0) };
  await setReview(group.store, found, decision, signature, rubric);
}

const promote = async (group: GradedGroup, member: string, question: number) =>
  promoteExample(await group.find(member, question), group.files, group.places);

describe('an example', () => {
  test('has the levels that a person chose, and none of the machine’s', async () => {
    const group = await gradedGroup();
    await decide(group, 'Ann', 1, { levels: { k2: 'missing' } });
    expect((await promote(group, 'Ann', 1)).example).toEqual({
      answer: 'A small fast store that keeps copies of data, as [member] showed me.',
      levels: { k2: 'missing' },
      why: 'the use is missing',
    });
  });

  test('has the score where a person gave a score', async () => {
    const group = await gradedGroup();
    await decide(group, 'Ann', 1, { score: 60 });
    const { example } = await promote(group, 'Ann', 1);
    expect(example.score).toBe(60);
    expect(example).not.toHaveProperty('levels');
  });

  test('names no member in its reason, either', async () => {
    const group = await gradedGroup();
    const signature = { by: 'Lea', reason: 'Benedict says it better', at: new Date(0) };
    await setReview(group.store, await group.find('Ann', 1), { score: 60 }, signature, null);
    expect((await promote(group, 'Ann', 1)).example.why).toBe('[member] says it better');
  });

  test.each([
    [
      'nobody decided',
      1,
      'only what a person decided can become an example; decide first with "review set".',
    ],
    ['nothing is written', 2, 'the text of this answer is not kept; grade the chapter again first.'],
  ])('is refused where %s', async (_name, question, sentence) => {
    const group = await gradedGroup();
    if (question === 2) await decide(group, 'Ann', 2, { score: 60 });
    const promoting = promote(group, 'Ann', question);
    await expect(promoting).rejects.toThrow(ConfigError);
    await expect(promoting).rejects.toThrow(sentence);
    expect(group.files.written.size).toBe(0);
  });
});

describe('promoteExample', () => {
  test('adds to the rubric and leaves every other line as it is', async () => {
    const group = await gradedGroup();
    await decide(group, 'Ann', 1, { score: 60 });
    expect((await promote(group, 'Ann', 1)).file).toBe(rubricFile);
    const lines = linesOf(group.files.written.get(rubricFile) ?? '');
    const added = [
      '    examples:',
      '      - answer: A small fast store that keeps copies of data, as [member] showed me.',
      '        score: 60',
      '        why: the use is missing',
    ];
    expect(lines.filter((line) => !added.includes(line))).toEqual(linesOf(cachingRubricText));
    const after = lines.indexOf("    guide: 'Examples from daily life count.'") + 1;
    expect(lines.slice(after, after + added.length)).toEqual(added);
  });

  test('adds a second example after the first, and questions that had none', async () => {
    const group = await gradedGroup();
    await decide(group, 'Ann', 1, { score: 60 });
    await decide(group, 'Benedict', 1, { levels: { k2: 'missing' } });
    await decide(group, '=Cem', 2, { levels: { accuracy: 'wrong' } });
    for (const [member, question] of [
      ['Ann', 1],
      ['Benedict', 1],
      ['=Cem', 2],
    ] as const)
      await promote(group, member, question);
    const { rubric } = await loadRubric(rubricFile, group.files, group.places);
    expect(rubric.questions['1']?.examples?.map(({ score, levels }) => [score, levels?.['k2']])).toEqual([
      [60, undefined],
      [undefined, 'missing'],
    ]);
    expect(rubric.questions['2']?.examples?.[0]).toMatchObject({
      answer: 'Nobody can tell, it depends on the weather.',
      levels: { accuracy: 'wrong' },
    });
    expect(rubric.questions['2']?.keyPoints).toHaveLength(1);
  });

  test('keeps what means something in YAML as text', async () => {
    const group = await gradedGroup();
    const answer = '- no: # "yes"\n\n&a *b ---\n{{ }}\n  indented: \'x\'';
    await group.grade(withAnswer('Ann', 1, answer));
    await decide(group, 'Ann', 1, { score: 60 });
    const { example } = await promote(group, 'Ann', 1);
    const { rubric } = await loadRubric(rubricFile, group.files, group.places);
    expect(example.answer).toContain('&a *b');
    expect(rubric.questions['1']?.examples).toEqual([example]);
  });

  test('gives a chapter without a rubric of its own one that extends the default', async () => {
    const group = await gradedGroup(null);
    await decide(group, 'Ann', 1, { score: 60 });
    const { file, example } = await promote(group, 'Ann', 1);
    expect(file).toBe(rubricFile);
    expect([...group.files.written.keys()]).toEqual([rubricFile]);
    expect(parse(group.files.written.get(rubricFile) ?? '')).toEqual({
      extends: 'default.yaml',
      questions: { 1: { examples: [example] } },
    });
    expect(await findRubric('5-Caching', cachingFile, group.files, group.places)).toBe(rubricFile);
    await loadRubric(rubricFile, group.files, group.places);
  });

  test('gives a chapter under a shared rubric one that extends the shared one', async () => {
    const group = await gradedGroup();
    const shared = '/group/rubrics/shared.yaml';
    await group.files.write(shared, 'extends: default.yaml\ndisagreement: 5\n');
    await decide(group, 'Ann', 1, { score: 60 });
    const found = await group.find('Ann', 1);
    const elsewhere = { ...found, stored: { ...found.stored, rubricFile: shared } };
    await group.files.write(rubricFile, '');
    expect((await promoteExample(elsewhere, group.files, group.places)).file).toBe(rubricFile);
    expect(group.files.written.get(shared)).toBe('extends: default.yaml\ndisagreement: 5\n');
    const { rubric } = await loadRubric(rubricFile, group.files, group.places);
    expect(rubric.disagreement).toBe(5);
    expect(rubric.questions['1']?.examples).toHaveLength(1);
  });

  test('is refused when something changed since the decision', async () => {
    const group = await gradedGroup();
    await decide(group, 'Ann', 1, { score: 60 });
    await group.grade(withAnswer('Ann', 1, 'Something else.'));
    await expect(promote(group, 'Ann', 1)).rejects.toThrow(
      'answer, model answer or rubric changed since this was decided; decide again, then promote it.',
    );
    expect(group.files.written.size).toBe(0);
  });

  test('is refused the second time, whoever gave the same answer', async () => {
    const group = await gradedGroup();
    await decide(group, 'Ann', 1, { score: 60 });
    await promote(group, 'Ann', 1);
    const text = group.files.written.get(rubricFile);
    const again = promote(group, 'Ann', 1);
    await expect(again).rejects.toThrow('this answer is already one of the examples.');
    await expect(again).rejects.toMatchObject({ place: { file: rubricFile } });
    expect(group.files.written.get(rubricFile)).toBe(text);
  });

  test('leaves a rubric that is not valid alone', async () => {
    const group = await gradedGroup();
    await decide(group, 'Ann', 1, { score: 60 });
    await group.files.write(rubricFile, 'extends: default.yaml\nquestions: [\n');
    await expect(promote(group, 'Ann', 1)).rejects.toThrow(ConfigError);
    expect(group.files.written.get(rubricFile)).toBe('extends: default.yaml\nquestions: [\n');
  });

  test('does not make the decision stale that became an example', async () => {
    const group = await gradedGroup();
    await decide(group, 'Ann', 1, { levels: { k2: 'missing' } });
    await promote(group, 'Ann', 1);
    await group.grade();
    expect((await group.find('Ann', 1)).grade.override?.stale).toEqual([]);
    expect((await group.find('Benedict', 1)).grade.stale).toEqual([]);
  });
});
