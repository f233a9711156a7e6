import { describe, expect, test } from 'vitest';
import { InputError } from '../../src/core/errors.ts';
import { readRoster } from '../../src/import/roster.ts';

const nobody = { id: null, idNumber: null, login: null, email: null, section: null };

function problemOf(text: string): string {
  try {
    readRoster(text, 'roster.csv');
  } catch (error) {
    if (error instanceof InputError) return error.sentence('en');
    throw error;
  }
  throw new Error('it was read');
}

describe('a roster', () => {
  test('may have any of the columns by which people are known', () => {
    const text = 'Email,Member\n ann@example.org ,Ann \n,Ben\nnobody@example.org,\n';
    expect([...readRoster(text, 'roster.csv')]).toEqual([
      ['Ann', { ...nobody, email: 'ann@example.org' }],
      ['Ben', nobody],
    ]);
  });

  test('may be in Korean, with names as macOS writes them', () => {
    const text = `${'이름;학번;아이디;이메일;분반'.normalize('NFD')}\n${'서다온'.normalize('NFD')};0071;daon;d@example.org;2\n`;
    expect([...readRoster(text, 'roster.csv')]).toEqual([
      ['서다온', { id: null, idNumber: '0071', login: 'daon', email: 'd@example.org', section: '2' }],
    ]);
  });

  test("may be Canvas's own export", () => {
    const text =
      'Student,ID,SIS User ID,SIS Login ID,Section,Essay (12)\n    Points Possible,,,,,10\nAnn,901,S1,ann,A,7\n';
    expect(readRoster(text, 'roster.csv').get('Ann')).toEqual({
      id: '901',
      idNumber: 'S1',
      login: 'ann',
      email: null,
      section: 'A',
    });
  });

  test('may name somebody twice alike', () => {
    expect(readRoster('member,id\nAnn,1\nAnn,1\n', 'roster.csv').size).toBe(1);
  });
});

test.each([
  [
    'as two people',
    'member,id\nAnn,1\nBen,2\nAnn,3\n',
    'roster.csv:4: "Ann" stands in the roster twice, as different people; leave one line.',
  ],
  [
    'without names',
    'id,email\n1,ann@example.org\n',
    'roster.csv:1: the field "member" is missing; accepted names: member, student, name, 이름, 멤버, 학생.',
  ],
  [
    'with nothing to know people by',
    'member,section\nAnn,A\n',
    'roster.csv:1: no column tells who is who on the platform; accepted names: id, canvas id, id number, sis user id, student number, 학번, login, username, sis login id, 아이디, email, email address, 이메일.',
  ],
  [
    'of nobody',
    'member,id\n',
    'roster.csv: the roster names nobody; write column names such as member,email in the first line, and one person on each line below.',
  ],
])('%s it is refused', (_how, text, sentence) => {
  expect(problemOf(text)).toBe(sentence);
});
