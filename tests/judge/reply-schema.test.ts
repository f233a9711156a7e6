import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { replyJsonSchema, verdictSchema } from '../../src/judge/reply-schema.ts';
import { coverageCriteria, keyPointCriteria, verdictFor } from '../helpers/sample-material.ts';

const node = z.looseObject({
  type: z.string(),
  properties: z.record(z.string(), z.unknown()).optional(),
  items: z.unknown().optional(),
});
type SchemaNode = z.infer<typeof node>;

/** Every object in a JSON schema, with the path that leads to it. */
function objectsIn(value: unknown, path = ''): { path: string; schema: SchemaNode }[] {
  const schema = node.parse(value);
  const inner = Object.entries(schema.properties ?? {}).flatMap(([key, item]) =>
    objectsIn(item, `${path}/${key}`),
  );
  const items = schema.items === undefined ? [] : objectsIn(schema.items, `${path}[]`);
  return [...(schema.type === 'object' ? [{ path, schema }] : []), ...inner, ...items];
}

describe('replyJsonSchema', () => {
  it('is strict all the way down: every property required, no other allowed', () => {
    const objects = objectsIn(replyJsonSchema(keyPointCriteria));
    expect(objects.map(({ path }) => path)).toEqual([
      '',
      '/criteria',
      '/criteria/k1',
      '/criteria/k2',
      '/criteria/accuracy',
      '/criteria/explanation',
      '/feedback',
    ]);
    for (const { path, schema } of objects) {
      expect(schema['additionalProperties'], path).toBe(false);
      expect(schema['required'], path).toEqual(Object.keys(schema.properties ?? {}));
    }
  });

  it('asks for evidence, then the reason, then the level', () => {
    for (const { path, schema } of objectsIn(replyJsonSchema(keyPointCriteria))) {
      if (!path.startsWith('/criteria/')) continue;
      expect(Object.keys(schema.properties ?? {})).toEqual(['evidence', 'reason', 'level']);
    }
  });

  it('asks for the criteria before the feedback that follows from them', () => {
    const [root] = objectsIn(replyJsonSchema(keyPointCriteria));
    expect(Object.keys(root?.schema.properties ?? {})).toEqual(['criteria', 'addressesGrader', 'feedback']);
  });

  it("offers each criterion's own levels", () => {
    const levelsOf = (criteria: typeof keyPointCriteria) =>
      Object.fromEntries(
        objectsIn(replyJsonSchema(criteria))
          .filter(({ path }) => path.startsWith('/criteria/'))
          .map(({ path, schema }) => [path.slice('/criteria/'.length), schema.properties?.['level']]),
      );
    expect(levelsOf(coverageCriteria)).toEqual({
      coverage: { type: 'string', enum: ['none', 'half', 'all'] },
      accuracy: { type: 'string', enum: ['wrong', 'flawed', 'right'] },
      explanation: { type: 'string', enum: ['thin', 'clear'] },
    });
  });

  it('is a bare schema of type, properties, required, items and enum', () => {
    const words = new Set<string>();
    JSON.stringify(replyJsonSchema(keyPointCriteria), (key, value: unknown) => {
      if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
        if (!['properties', 'criteria'].includes(key) && 'type' in value)
          for (const word of Object.keys(value)) words.add(word);
      }
      return value;
    });
    expect([...words].sort()).toEqual([
      'additionalProperties',
      'enum',
      'items',
      'properties',
      'required',
      'type',
    ]);
  });
});

describe('verdictSchema', () => {
  const verdict = verdictFor(keyPointCriteria, '인용');

  it('takes a verdict as it is', () => {
    expect(verdictSchema(keyPointCriteria).parse(verdict)).toEqual(verdict);
  });

  it('has no default for anything', () => {
    const removals = objectsIn(replyJsonSchema(keyPointCriteria)).flatMap(({ path, schema }) =>
      Object.keys(schema.properties ?? {}).map((key) => [...path.split('/').slice(1), key]),
    );
    expect(removals).toHaveLength(3 + 4 + 4 * 3 + 4);
    for (const path of removals) {
      const copy: unknown = structuredClone(verdict);
      const parent = path
        .slice(0, -1)
        .reduce<unknown>((value, key) => (value as Record<string, unknown>)[key], copy);
      delete (parent as Record<string, unknown>)[path.at(-1) ?? ''];
      expect(verdictSchema(keyPointCriteria).safeParse(copy).success, path.join('/')).toBe(false);
    }
  });

  it.each<[string, unknown]>([
    ['an unknown level', verdictFor(keyPointCriteria, 'q', { k1: 'excellent' })],
    ['a level of another criterion', verdictFor(keyPointCriteria, 'q', { k1: 'right' })],
    ['a criterion too many', { ...verdict, criteria: { ...verdict.criteria, k3: verdict.criteria['k1'] } }],
    ['a score beside the criteria', { ...verdict, score: 100 }],
    ['a word for a truth value', { ...verdict, addressesGrader: 'no' }],
  ])('refuses %s', (_name, value) => {
    expect(verdictSchema(keyPointCriteria).safeParse(value).success).toBe(false);
  });
});
