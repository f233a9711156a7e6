import type { Language } from '../../core/localized.ts';

const ko = {
  question: (no: number) => `질문 ${no}`,
  modelAnswer: '모범답안 보기',
  textNotKept: '이 답의 글은 남아 있지 않아요.',
  criteria: '항목별 점수',
  number: '번호',
  marks:
    '답에 칠한 곳은 채점의 근거예요. 작은 번호는 그 근거를 쓴 항목이고, 여러 항목이 쓴 곳은 가장 높은 수준의 색이에요.',
  tones: { good: '점수를 다 얻은 항목', partial: '일부만 얻은 항목', bad: '얻지 못한 항목' },
  first: '먼저 다시 볼 것',
  answerFirst: '아직 답하지 않았어요. 모범답안을 보기 전에 먼저 답해 보세요.',
  decide: '이 채점을 직접 정하기',
  contents: '차례',
  standing: '점수판',
  heatMap: '멤버와 질문',
  overview: '점수 한눈에 보기',
  members: '멤버별 답과 피드백',
  toTop: '맨 위로',
  member: '멤버',
  anonymous: '이 페이지에서는 이름을 뺐어요. 모임 밖에 보여 주어도 괜찮은지는 답의 글을 읽고 정해 주세요.',
  tooMany: (count: number) => `채점한 답이 ${count}개여서 이 페이지에는 멤버별 답을 싣지 않았어요.`,
  whereInstead:
    '멤버마다 쓴 피드백은 grade 명령이 쓴 보고서의 feedback/ 폴더에, 서비스에서는 점수판의 멤버 이름 뒤에 있어요.',
  wideTable: (name: string) => `${name}: 좌우로 움직여 볼 수 있는 표`,
};

const en: typeof ko = {
  question: (no) => `Question ${no}`,
  modelAnswer: 'Show the model answer',
  textNotKept: 'The text of this answer is not kept.',
  criteria: 'Points by criterion',
  number: 'no.',
  marks:
    'What is marked in the answer is the evidence. The small numbers are those of the criteria it was used for; where there are several, the colour is that of the highest level.',
  tones: { good: 'all of the points', partial: 'some of the points', bad: 'none of the points' },
  first: 'Read this first',
  answerFirst: 'Not answered yet: try it before you read the model answer.',
  decide: 'Decide on this grade',
  contents: 'Contents',
  standing: 'Scoreboard',
  heatMap: 'Members and questions',
  overview: 'The scores at a glance',
  members: 'Answers and feedback by member',
  toTop: 'To the top',
  member: 'member',
  anonymous: 'Names are taken out of this page. Read the answers before you show it outside of the group.',
  tooMany: (count) => `There are ${count} graded answers, so they are left out of this page.`,
  whereInstead:
    'The feedback for each member is in the folder feedback/ among the reports that the command grade writes, and in the service behind the names on the scoreboard.',
  wideTable: (name) => `${name}: a table that can be scrolled sideways`,
};

/** The words that only HTML pages have; all others are those of the other reports. */
export const htmlWords: Readonly<Record<Language, typeof ko>> = { ko, en };
