import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { koreanIssue } from '../../src/http/korean-issues.ts';

describe('what does not fit is said in Korean', () => {
  test.each<[z.ZodType, unknown, string]>([
    [z.number().positive(), 0, '0보다 커야 합니다'],
    [z.number().negative(), 0, '0보다 작아야 합니다'],
    [z.number().min(1), 0.5, '1 이상이어야 합니다'],
    [z.number().max(100), 101, '100 이하여야 합니다'],
    [z.int(), 1e300, '9007199254740991 이하여야 합니다'],
    [z.string().min(1), '', '1자 이상이어야 합니다'],
    [z.string().max(3), 'abcd', '3자 이하여야 합니다'],
    [z.array(z.string()).min(1), [], '1개 이상이어야 합니다'],
    [z.string(), 1, '글이어야 합니다'],
    [z.number(), '1', '숫자여야 합니다'],
    [z.int(), 1.5, '정수여야 합니다'],
    [z.boolean(), 'yes', 'true나 false여야 합니다'],
    [z.array(z.string()), {}, '목록이어야 합니다'],
    [z.strictObject({}), [], '객체여야 합니다'],
    [z.record(z.string(), z.string()), [], '객체여야 합니다'],
    [z.date(), 1, '다른 종류의 값이어야 합니다'],
    [z.enum(['auto', 'llm']), 'me', 'auto, llm 가운데 하나여야 합니다'],
    [z.strictObject({}), { speed: 9, why: 1 }, '알 수 없는 항목입니다: speed, why'],
    [z.record(z.string().max(1), z.string()), { ab: '' }, '이름을 쓸 수 없습니다'],
    [z.number().multipleOf(2), 3, '맞지 않는 값입니다'],
  ])('%#: %o', (schema, value, sentence) => {
    expect(schema.safeParse(value).error?.issues.map(koreanIssue)).toEqual([sentence]);
  });
});
