import { describe, expect, test } from 'vitest';
import { memberNames, nameInTable } from '../../src/import/member-names.ts';

describe('nameInTable', () => {
  test.each([
    ['👤 노을 (발표)', '노을'],
    ['노을 ✅', '노을'],
    ['[노을](https://example.test/noeul)', '노을'],
    ['노을님', '노을'],
    ['노을 님', '노을'],
    ['@노을', '노을'],
    ['**노을**', '노을'],
    [' \u00A0노\u200B을\u00A0', '노을'],
    ['노을'.normalize('NFD'), '노을'],
    ['👩🏽‍💻 Ida  Moss', 'Ida Moss'],
    ['노을 (2반)', '노을 (2반)'],
    ['하님', '하님'],
    ['🦊', '🦊'],
  ])('makes %j %j', (written, name) => {
    expect(nameInTable(written)).toBe(name);
  });
});

describe('memberNames', () => {
  test('knows other names of members, however they are decorated', () => {
    const names = memberNames({ aliases: { 'noeul-dev': '노을' } });
    expect(['@noeul-dev', 'Noeul-Dev', '은하'].map(names)).toEqual(['노을', '노을', '은하']);
  });

  test('knows nobody but the members that are listed and their other names', () => {
    const names = memberNames({ members: ['노을', '은하'], aliases: { 별: '은하' } });
    expect(['노을님', '별', '가온'].map(names)).toEqual(['노을', '은하', null]);
    expect(memberNames({ members: [] })('노을')).toBeNull();
  });
});
