import { describe, expect, test } from 'vitest';
import { declaresHelp, isHedged, lettersAfterOpeners, natureOf } from '../../src/core/answer-text.ts';

describe('natureOf', () => {
  test.each([
    '',
    '   \n\t\n',
    '-',
    '...',
    '…',
    '?',
    '- [ ]  ',
    '\u200B\uFEFF',
    'ㅠㅠ',
    'ㅋㅋㅋㅋ ㅎㅎ',
    'ㅠㅠ'.normalize('NFKD'),
    '여기에 작성',
    '여기에 답을 작성하세요',
    '여기에 답변을 입력해 주세요',
    'Your answer here',
    '-- YOUR ANSWER HERE --',
    '<!-- your answer here -->',
    'Write your answer here.',
    '<br/>',
    '<br>\n&nbsp;',
  ])('is blank for %j', (text) => {
    expect(natureOf(text)).toBe('blank');
  });

  test.each([
    '모름',
    '모르겠음',
    '모르겠습니다.',
    '모르겠어요 ㅠㅠ',
    '잘 모르겠어요ㅠㅠ',
    '음.. 저는 잘 모르겠네요',
    '솔직히 하나도 모르겠다',
    '죄송합니다 모르겠습니다',
    '잘 모르겠습니다. 다음에는 공부하겠습니다!',
    '이 문제는 도저히 모르겠어요',
    '기억이 안 나요',
    '몰라요',
    '패스',
    '패스합니다',
    '- 모르겠음',
    '**모름**',
    '모르겠음'.normalize('NFD'),
    '모르겠습니당',
    '진짜 모르겠네용ㅠㅠ',
    "Don't know",
    'I am not sure',
    'pass',
    'Skip.',
    'idk',
    'dunno',
    'I don’t know',
    "I don't know, sorry!",
    'Sorry, I do not know.',
    'Honestly, no idea',
    'Not sure...',
    'N/A',
  ])('is dont_know for %j', (text) => {
    expect(natureOf(text)).toBe('dont_know');
  });

  test.each([
    '춘추전국시대라서 다 모름.. 그래서 빨리 결정하는 쪽이 이긴다',
    '정의는 모르지만 회사에서 써 본 기억으로 적으면, 양쪽에 다 있는 행만 남는다',
    '잘은 모르겠지만 아마 어텐션',
    '모델은 처음 보는 낱말을 모른다',
    '토큰의 경계는 잘 모르겠음. 다만 낱말보다 작다는 것은 확실하다',
    'I do not know the name, but it keeps rows that match on both sides',
    'The model skips tokens that it has seen',
    'It passes the gradient on',
  ])('is text where "do not know" is only a part: %j', (text) => {
    expect(natureOf(text)).toBe('text');
  });

  test.each([
    '모범답안으로 대체하겠습니다',
    'ㅠㅠ……….모범 답안으로 대신합니다. 읽었는데 이해가 잘 안가네요ㅠㅠ',
    '모범답안으로 갈음합니다. 공부할 시간이 없었어요',
    '어려워서 못 풀었어요. 모범답안을 복사했습니다.',
    '이해를 못 해서 예시 답안을 붙여 넣었습니다',
    'I copied the model answer, sorry.',
    'Replaced with the model answer. It was too hard to understand.',
    'Pasted the sample answer instead',
    'ㅠㅠ 로그를 왜 굳이 먼저 쓰는지 세 번을 봐도 감이 안 와요… 이번 문제는 모범답안으로 대신할게요',
    '너무 헷갈려서 포기합니다. 정답을 보겠습니다',
    '자신 없어서 참고 답안을 참고할게요',
  ])('is declared_replacement for %j', (text) => {
    expect(natureOf(text)).toBe('declared_replacement');
  });

  test.each([
    '모범답안으로 대체합니다. 제 생각에 토큰은 낱말보다 작은 조각이고, 사전에 없는 낱말도 나타낼 수 있게 한다',
    '모범답안으로 대체합니다. 어려운 낱말을 만나도 아는 조각을 이어 붙이면 되기 때문에 처음 보는 낱말과 오타와 다른 언어의 글까지 모두 다룰 수 있다는 것이 장점입니다',
    '모범답안을 만드는 것은 평가에서 가장 비싼 일이다',
    '정답이 하나가 아니라서 평가가 어렵다',
    '정답 레이블 대신 데이터 자체에서 레이블을 만든다.',
    '사람이 레이블을 다는 대신 모델이 정답을 만든다.',
    '모범답안 대신 제 생각을 적었습니다',
    '모범답안을 대체하는 지표를 쓴다',
    '사람의 모범답안을 대신할 수 있는 점수를 쓴다',
    '잘 모르겠지만 조각',
    '사용자는 화면을 보고 여기에 입력된 값을 서버로 보낸다',
    '읽었는데 이해가 잘 안가네요. 낱말보다 작은 조각 같습니다',
    'The model answers with the most likely token',
  ])('is text where content goes with the words of a replacement: %j', (text) => {
    expect(natureOf(text)).toBe('text');
  });

  test.each([
    '![](1장/image.png)',
    '<img src="a.png" alt="그림">',
    'https://example.test/post?id=1',
    '[내 답](https://example.test/a)',
    '[위키](https://example.test/token_(language))',
    '![](1장/image_(1).png)',
    '![그림](a.png)\n\nhttps://example.test/b',
  ])('is not_text for %j', (text) => {
    expect(natureOf(text)).toBe('not_text');
  });

  test.each([
    '![그림](a.png)\n\n위 그림처럼 조각으로 나눈다',
    '자세한 것은 https://example.test/a',
    'ㅠㅠ 어려웠지만 토큰은 조각입니다',
    '여기에 작성하세요\n\n토큰은 글의 조각이다',
    '[데이터 수집] → [모델 훈련]',
  ])('is text for %j', (text) => {
    expect(natureOf(text)).toBe('text');
  });

  test.each([
    'Thought process:',
    "Let's solve this problem step by step.",
    'Let us think about this step by step:',
    'Solution',
    '**Solution:**',
    'The answer is',
    'Final answer:',
    'Here is my answer:',
    'Okay, let’s think step by step. Solution:',
    'To answer this question, first',
    '풀이:',
    '정답은',
    '답변:',
    '정답은 다음과 같습니다.',
    '단계별로 생각해 보겠습니다',
    '차근차근 풀어 보겠습니다.\n\n풀이 과정:',
    '이 문제를 단계별로 설명하겠습니다. 답은 아래와 같습니다.',
    '그럼 시작하겠습니다!',
    '풀이:'.normalize('NFD'),
    '解',
    'かいせつ',
    'Respuesta:',
    'Solution: '.repeat(1e4),
  ])('is contentless for %j', (text) => {
    expect(natureOf(text)).toBe('contentless');
  });

  test.each([
    'Solution: an index',
    'The answer is B',
    '정답은 3번',
    '답: 정렬',
    '풀이 과정을 보여 주면 채점이 쉬워진다',
    '문제를 단계별로 나눈다',
    '먼저 로그를 쓴다',
    'First come, first served',
    'Well-known ports',
    'Chain of thought',
    'It solves the problem',
    'analysis',
  ])('is text where an opener is followed by something: %j', (text) => {
    expect(natureOf(text)).toBe('text');
  });

  test('does not depend on what was asked before', () => {
    const texts = ['![](a.png)', '모름', '![](a.png)', '글', 'https://example.test/a'];
    expect(texts.map(natureOf)).toEqual(texts.toReversed().map(natureOf).reverse());
  });
});

test('lettersAfterOpeners keeps what an opener leads to', () => {
  expect(['정답은 **3번**', 'The answer is: B', 'Solution:', '정렬'].map(lettersAfterOpeners)).toEqual([
    '3번',
    'b',
    '',
    '정렬',
  ]);
});

describe('declaresHelp', () => {
  test.each([
    '구글 노트북으로 찾아봤어요',
    'GPT한테 물어봤어요\n\n토큰은 조각입니다',
    '토큰은 조각입니다\n\n챗봇에게 물어봤습니다ㅎㅎ',
    '제미나이 도움을 받았습니다.',
    '인터넷 검색해서 씀',
    '클로드 돌려봤음',
    '구글 노트북으로 찾아봐써요..',
    'AI 도움 받음',
    '챗봇한테 물어보고 제 말로 옮겨 적었어요ㅎㅎ',
    'I asked ChatGPT',
    'Looked up with Google',
    'I used Claude for this',
  ])('is true for %j', (text) => {
    expect(declaresHelp(text)).toBe(true);
  });

  test.each([
    '',
    '토큰은 글의 조각입니다',
    'ChatGPT에게 질문을 물어보면 답을 생성한다',
    'AI가 외부 문서를 찾아서 답한다',
    'RAG는 AI가 검색해 온 문서를 쓰는 것',
    'Finetuning trains the model on data used at work',
    'I trained it on data I searched',
    'AI는 사용자의 입력에 반응하여 결과를 만든다',
    'AI 엔지니어링은 이미 있는 모델을 활용한다',
    '구글 지도는 교통 정보를 먼저 알려 준다',
    '토큰은 조각이다\nGPT한테 물어봤어요\n낱말보다 작다',
    '챗봇에 물어보면 답이 바로 나오기는 하지만 그 답이 어디에서 왔는지 알 수 없어서 출처를 함께 보여 주는 방식이 나왔다',
  ])('is false for %j', (text) => {
    expect(declaresHelp(text)).toBe(false);
  });
});

describe('isHedged', () => {
  test.each(['어텐션?', '어텐션?..', '라벨링 하는 것?ㅎㅎ..', '우위를 차지?\n', '맞나?! ;', '조각(일까?)'])(
    'is true for %j',
    (text) => {
      expect(isHedged(text)).toBe(true);
    },
  );

  test.each(['', '어텐션', '왜? 그것이 싸니까.', '조각입니다ㅎㅎ', '?로 끝나지 않음'])(
    'is false for %j',
    (text) => {
      expect(isHedged(text)).toBe(false);
    },
  );
});
