import { describe, expect, test } from 'vitest';
import { remembered } from '../../src/core/remembered.ts';

/** A remembered function, with the texts that it really worked on. */
function counted(most: number) {
  const worked: string[] = [];
  const lengthOf = remembered((text) => {
    worked.push(text);
    return text.length;
  }, most);
  return { worked, lengthOf };
}

describe('remembered', () => {
  test('works on a text once', () => {
    const { worked, lengthOf } = counted(10);
    expect(['가', '나나', '가', '가'].map(lengthOf)).toEqual([1, 2, 1, 1]);
    expect(worked).toEqual(['가', '나나']);
  });

  test('keeps what is asked for again among any number of others', () => {
    const { worked, lengthOf } = counted(10);
    for (let index = 0; index < 1000; index += 1) {
      lengthOf('the model answer');
      lengthOf(`answer ${index}`);
    }
    expect(worked.filter((text) => text === 'the model answer')).toHaveLength(1);
  });

  test('forgets what is not', () => {
    const { worked, lengthOf } = counted(10);
    for (let index = 0; index < 20; index += 1) lengthOf(`answer ${index}`);
    lengthOf('answer 0');
    expect(worked.filter((text) => text === 'answer 0')).toHaveLength(2);
  });
});
