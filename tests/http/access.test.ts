import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sessionOf } from '../../src/app/group-tokens.ts';
import { isSameSecret } from '../../src/http/access.ts';

describe('a token', () => {
  test('is right when it is the same, to the last sign', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (given, token) => {
        expect(isSameSecret(given, token)).toBe(given === token);
        expect(isSameSecret(token, token)).toBe(true);
      }),
    );
  });

  test.each([
    ['secret', 'secret '],
    ['secret', 'Secret'],
    ['', 'secret'],
    ['é', 'e\u0301'],
  ])('"%s" is not "%s"', (given, token) => {
    expect(isSameSecret(given, token)).toBe(false);
  });
});

describe('a session', () => {
  test('fits into a cookie, and differs with the token and from it', () => {
    expect(sessionOf('secret')).toMatch(/^[\w-]{43}$/u);
    expect(sessionOf('secret')).toBe(sessionOf('secret'));
    expect(sessionOf('secret')).not.toBe(sessionOf('secret2'));
    expect(sessionOf('secret')).not.toContain('secret');
  });
});
