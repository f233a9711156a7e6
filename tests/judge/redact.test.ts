import { describe, expect, it } from 'vitest';
import { redact } from '../../src/judge/redact.ts';

const members = ['남기훈', '서다온', 'Kim', '온', '김온유', '임정'];
const hide = (answer: string, reference = '') => redact(answer, members, reference);

describe('redact', () => {
  it.each([
    ['a name', '이건 남기훈 답을 보고 썼어요', '이건 [member] 답을 보고 썼어요'],
    ['a name with a particle', '남기훈은 알고 서다온이 설명', '[member]은 알고 [member]이 설명'],
    ['a name with a title', '남기훈님, 고마워요', '[member]님, 고마워요'],
    ['a mention', '@서다온 확인해 주세요', '[member] 확인해 주세요'],
    ['a Latin name', 'as Kim said (see Kim).', 'as [member] said (see [member]).'],
    ['a name at both ends', '남기훈 그리고 남기훈', '[member] 그리고 [member]'],
    ['a name with a title and a particle', '남기훈님이 말했다', '[member]님이 말했다'],
    ['a name with any ending', '남기훈입니다, 남기훈에게서', '[member]입니다, [member]에게서'],
    ['a name in two parts', '남 기훈 씨', '[member] 씨'],
    ['a given name with a title', '기훈님 답', '[member]님 답'],
    ['a short name with a particle', '임정은 임정에게서', '[member]은 [member]에게서'],
    ['an e-mail address', '질문은 dev.team+1@study-group.co.kr 로', '질문은 [email] 로'],
    ['a name within an address', 'Kim@example.com', '[email]'],
  ])('hides %s', (_name, answer, expected) => {
    expect(hide(answer)).toBe(expected);
  });

  it.each([
    ['part of another word', 'Kimchi는 발효 식품이다'],
    ['a name of one letter', '온 세상'],
    ['a name at the end of a longer word', '이김온유'],
    ['a short name inside a word', '책임정책과 임정부'],
    ['an @ that is no address', 'a @ b'],
  ])('leaves alone %s', (_name, answer) => {
    expect(hide(answer)).toBe(answer);
  });

  it('leaves a name alone that is subject matter', () => {
    expect(hide('서다온은 주인공이다', '서다온이 등장하는 예제를 설명하세요')).toBe('서다온은 주인공이다');
  });

  it('hides a name that is only part of a word in the reference', () => {
    expect(redact('민수가 썼다', ['민수'], '국민수준')).toBe('[member]가 썼다');
  });

  it('takes the longer of two names first', () => {
    expect(redact('지은이 그리고 지은', ['지은', '지은이'], '')).toBe('[member] 그리고 [member]');
  });

  it('takes a name for what it is, not for a pattern', () => {
    expect(redact('A.B와 AxB', ['A.B'], '')).toBe('[member]와 AxB');
  });

  it('leaves the list of members as it was', () => {
    const list = ['가나', '가나다라'];
    redact('가나다라', list, '');
    expect(list).toEqual(['가나', '가나다라']);
  });

  it('changes nothing where there is nothing to hide', () => {
    const answer = '**인덱스**는 `O(log n)`이다 — 100%!';
    expect(hide(answer)).toBe(answer);
  });
});
