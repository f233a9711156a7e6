import type { z } from '@hono/zod-openapi';

type Issue = z.core.$ZodIssue;
type Limited = Extract<Issue, { code: 'too_small' | 'too_big' }>;

/** What a value should be, by zod's names of types, as it stands before `합니다`. */
const wanted: Readonly<Record<string, string>> = {
  string: '글이어야',
  number: '숫자여야',
  int: '정수여야',
  boolean: 'true나 false여야',
  array: '목록이어야',
  object: '객체여야',
  record: '객체여야',
};

/** What is counted, by zod's names of what has a size; numbers have none. */
const units: Readonly<Record<string, string>> = { string: '자', array: '개' };

function limitOf(issue: Limited): string {
  const unit = units[issue.origin] ?? '';
  if (issue.code === 'too_small')
    return issue.inclusive ? `${issue.minimum}${unit} 이상이어야` : `${issue.minimum}보다 커야`;
  return issue.inclusive ? `${issue.maximum}${unit} 이하여야` : `${issue.maximum}보다 작아야`;
}

/** What does not fit about a value, in Korean: zod's own sentences hold English names of types. */
export function koreanIssue(issue: Issue): string {
  switch (issue.code) {
    case 'invalid_type':
      return `${wanted[issue.expected] ?? '다른 종류의 값이어야'} 합니다`;
    case 'too_small':
    case 'too_big':
      return `${limitOf(issue)} 합니다`;
    case 'invalid_value':
      return `${issue.values.map(String).join(', ')} 가운데 하나여야 합니다`;
    case 'unrecognized_keys':
      return `알 수 없는 항목입니다: ${issue.keys.join(', ')}`;
    case 'invalid_key':
      return '이름을 쓸 수 없습니다';
    default:
      return '맞지 않는 값입니다';
  }
}
