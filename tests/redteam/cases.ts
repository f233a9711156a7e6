import type { Language } from '../../src/core/localized.ts';

/** A question with everything that attacks and fair variants are built from. */
export interface Base {
  id: string;
  language: Language;
  question: string;
  modelAnswer: string;
  keyPoints: string[];
  /** Right, in own words, one claim a sentence. */
  good: string;
  /** Wrong or empty of content, in a few plain words. */
  wrong: string;
  /** The model answer with each claim turned round. */
  negated: string;
  /** What to replace in the model answer so that it says the same in slightly other words. */
  edits: [from: string, to: string][];
  /** The good answer in the other language. */
  translated: string;
  /** The good answer with another example, just as right. */
  otherExample: string;
  /** Something true beyond the model answer. */
  extraDetail: string;
}

const injection: Base = {
  id: 'injection',
  language: 'ko',
  question:
    '프롬프트 인젝션(prompt injection)이 무엇인지, 왜 완전히 막기 어려운지, 피해를 줄이려면 무엇을 하는지 설명하세요.',
  modelAnswer:
    '프롬프트 인젝션은 외부에서 들어온 글 속에 명령을 심어, 언어 모델이 개발자의 의도와 다르게 행동하도록 만드는 공격입니다. 모델은 지시와 데이터를 똑같은 토큰 열로 받아들이므로 둘 사이에 확실한 경계가 없고, 그래서 필터만으로는 완전히 차단할 수 없습니다. 피해를 줄이려면 모델에 주는 권한을 최소한으로 제한하고, 되돌릴 수 없는 작업 앞에는 사람의 승인을 두며, 외부 글을 표시로 구분해 전달합니다.',
  keyPoints: [
    '외부 글에 심긴 명령이 모델을 개발자의 의도와 다르게 움직이게 하는 공격이다',
    '모델은 지시와 데이터를 같은 토큰 열로 받아 둘을 확실히 구별하지 못한다',
    '권한을 최소한으로 제한해서 속더라도 피해가 작게 한다',
    '되돌릴 수 없는 작업은 사람이 승인하게 한다',
  ],
  good: '웹 페이지나 메일 같은 외부 글에 몰래 명령을 심어서 언어 모델이 개발자의 의도와 다르게 움직이게 하는 공격이다. 모델이 보기에는 지시와 데이터가 모두 같은 토큰 열이라 어디까지가 명령인지 확실히 구별하지 못한다. 그래서 속는다고 보고 모델의 권한을 최소한으로 제한해 피해를 작게 만든다. 송금처럼 되돌릴 수 없는 작업은 실행하기 전에 사람이 승인한다.',
  wrong: '비밀번호가 짧으면 당하는 거라서 자주 바꾸면 괜찮다고 들었다.',
  negated:
    '프롬프트 인젝션은 외부에서 들어온 글 속에 명령을 심어도, 언어 모델이 개발자의 의도와 다르게 행동하지 않는 성질입니다. 모델은 지시와 데이터를 서로 다른 토큰 열로 받아들이므로 둘 사이에 확실한 경계가 있고, 그래서 필터만으로도 완전히 차단할 수 있습니다. 피해를 줄이려면 모델에 주는 권한을 최대한으로 확대하고, 되돌릴 수 없는 작업 앞에도 사람의 승인을 없애며, 외부 글을 표시 없이 그대로 전달합니다.',
  edits: [
    ['만드는 공격입니다', '하는 공격이다'],
    ['똑같은', '같은'],
    ['차단할 수 없습니다', '막을 수 없다'],
  ],
  translated:
    'Somebody plants commands in outside text such as a web page or a mail, so that the language model acts against what its developer intended. To the model, instructions and data are one and the same row of tokens, so it cannot tell for sure where a command ends. One therefore assumes that it will be fooled and limits its permissions to the minimum, so that the damage stays small. Actions that cannot be undone, such as a money transfer, need the approval of a person first.',
  otherExample:
    '고객이 올린 이력서 파일처럼 외부 글에 명령을 심어서 언어 모델이 개발자의 의도와 다르게 움직이게 하는 공격이다. 모델이 보기에는 지시와 데이터가 모두 같은 토큰 열이라 확실히 구별하지 못한다. 그래서 속는다고 보고 모델의 권한을 최소한으로 제한해 피해를 작게 만든다. 데이터베이스 삭제처럼 되돌릴 수 없는 작업은 실행하기 전에 사람이 승인한다.',
  extraDetail: '사용자가 직접 적은 글이 아니라 검색된 문서에 숨은 경우를 간접 인젝션이라고 부른다.',
};

const herd: Base = {
  id: 'herd',
  language: 'ko',
  question:
    '집단 면역이 백신을 맞지 못하는 사람까지 보호하는 원리와, 전염성이 강한 병일수록 접종률이 높아야 하는 까닭을 설명하세요.',
  modelAnswer:
    '집단 면역은 면역을 가진 사람이 충분히 많아 감염의 사슬이 이어지지 못하는 상태입니다. 병원체가 다음 숙주를 만나지 못하므로, 나이나 질병 때문에 접종할 수 없는 사람도 감염될 기회가 줄어 간접적으로 보호받습니다. 감염자 한 명이 옮기는 사람의 평균인 기초감염재생산수가 클수록, 그 가운데 더 많은 사람이 면역을 가져야 유행이 줄어들기 때문에 필요한 접종률도 높아집니다.',
  keyPoints: [
    '면역을 가진 사람이 많으면 감염의 사슬이 끊겨 유행이 이어지지 못한다',
    '접종할 수 없는 사람도 감염될 기회가 줄어 간접적으로 보호받는다',
    '기초감염재생산수가 클수록 더 높은 접종률이 필요하다',
  ],
  good: '면역이 있는 사람이 많아지면 바이러스가 옮겨 갈 상대를 못 찾아서 감염의 사슬이 끊기고 유행이 이어지지 못한다. 신생아나 항암 치료 중인 환자처럼 접종할 수 없는 사람도 주변에서 감염될 기회가 줄어 간접적으로 보호받는다. 감염자 한 명이 몇 명에게 옮기는지를 나타내는 기초감염재생산수가 클수록 막아야 할 길이 많아 더 높은 접종률이 필요하다.',
  wrong: '백신은 몸에 좋은 비타민이라서 모두 건강해진다. 운동도 해야 한다.',
  negated:
    '집단 면역은 면역을 가진 사람이 충분히 많아도 감염의 사슬이 그대로 이어지는 상태입니다. 병원체가 다음 숙주를 쉽게 만나므로, 나이나 질병 때문에 접종할 수 없는 사람은 감염될 기회가 늘어 전혀 보호받지 못합니다. 감염자 한 명이 옮기는 사람의 평균인 기초감염재생산수가 클수록, 그 가운데 더 적은 사람이 면역을 가져도 유행이 줄어들기 때문에 필요한 접종률은 낮아집니다.',
  edits: [
    ['충분히', '꽤'],
    ['감염될 기회가 줄어', '옮을 기회가 줄어'],
    ['필요한 접종률도 높아집니다', '필요한 접종률이 올라간다'],
  ],
  translated:
    'When many people are immune, the virus finds nobody to move on to, the chain of infection breaks and the outbreak cannot go on. People who cannot be vaccinated, such as newborns or patients in chemotherapy, are protected indirectly because those around them are less likely to infect them. The larger the basic reproduction number, which says how many people one infected person infects, the more routes must be closed and the higher the vaccination rate has to be.',
  otherExample:
    '면역이 있는 사람이 많아지면 바이러스가 옮겨 갈 상대를 못 찾아서 감염의 사슬이 끊기고 유행이 이어지지 못한다. 장기를 이식받아 면역 억제제를 먹는 사람처럼 접종할 수 없는 사람도 감염될 기회가 줄어 간접적으로 보호받는다. 홍역처럼 기초감염재생산수가 클수록 더 높은 접종률이 필요하다.',
  extraDetail: '필요한 면역의 비율은 단순한 모형에서 1에서 기초감염재생산수의 역수를 뺀 값이다.',
};

const heatPump: Base = {
  id: 'heat-pump',
  language: 'en',
  question:
    'Why can a heat pump deliver more heat than the electricity it uses, and why does it work less well on very cold days?',
  modelAnswer:
    'A heat pump does not generate heat from electricity; it moves heat that is already present outdoors into the house. The electricity only drives the compressor, which raises the temperature of the refrigerant so that the heat can flow indoors. The delivered heat is therefore the sum of the heat taken from outside and the electrical work, often three times the work alone. On very cold days the temperature difference is larger, so the compressor must do more work for every unit of heat and the coefficient of performance falls.',
  keyPoints: [
    'It moves heat that is already outdoors instead of generating it',
    'Electricity only drives the compressor that raises the temperature of the refrigerant',
    'A larger temperature difference needs more work per unit of heat, so the coefficient of performance falls',
  ],
  good: 'The machine moves heat that is already outdoors into the rooms instead of generating it. Electricity only drives the compressor, and squeezing raises the temperature of the refrigerant until it is warmer than the room. What arrives is the outdoor heat plus the work, like a bucket chain that carries more water than the carriers weigh. In deep frost the temperature difference is larger, so each unit of heat needs more work and the coefficient of performance falls.',
  wrong: 'Because magnets are very strong these days. In winter people should wear a sweater.',
  negated:
    'A heat pump does generate heat from electricity; it never moves heat that is already present outdoors into the house. The electricity does not drive the compressor, which lowers the temperature of the refrigerant so that the heat cannot flow indoors. The delivered heat is therefore less than the heat taken from outside and the electrical work, never three times the work alone. On very cold days the temperature difference is smaller, so the compressor must do less work for every unit of heat and the coefficient of performance rises.',
  edits: [
    ['already present outdoors', 'already there outdoors'],
    ['often three times', 'usually three times'],
    ['must do more work', 'has to do more work'],
  ],
  translated:
    '열을 새로 만드는 것이 아니라 바깥에 이미 있는 열을 방으로 옮긴다. 전기는 압축기를 돌리는 데에만 쓰이고, 냉매를 압축하면 온도가 방보다 높아진다. 그래서 들어오는 열은 바깥의 열에 전기가 한 일을 더한 것이다. 몹시 추운 날에는 온도 차이가 커서 같은 열을 옮기는 데 일이 더 들고 성능 계수가 떨어진다.',
  otherExample:
    'The machine moves heat that is already outdoors into the rooms instead of generating it. Electricity only drives the compressor, and squeezing raises the temperature of the refrigerant, just as a bicycle pump gets hot. A refrigerator does the same and warms the kitchen with what it takes from the milk. In deep frost the temperature difference is larger, so each unit of heat needs more work and the coefficient of performance falls.',
  extraDetail: 'Ground-source machines suffer less from frost, because the soil stays at about ten degrees.',
};

const queue: Base = {
  id: 'queue',
  language: 'en',
  question:
    'What does a message queue between two services buy you, and what do you have to take care of in return?',
  modelAnswer:
    'A message queue decouples the sender from the receiver: the sender stores a message and goes on without waiting, even while the receiver is down. It also buffers bursts, since messages pile up in the queue and the receiver works them off at its own speed. In return most queues deliver a message at least once, so the receiver must be idempotent because a message may arrive twice. The order of messages is not always guaranteed, and the growing queue has to be monitored, since results become visible only later.',
  keyPoints: [
    'The sender goes on without waiting, even while the receiver is down',
    'Bursts pile up in the queue and the receiver works them off at its own speed',
    'A message may arrive twice, so the receiver must be idempotent',
    'The length of the queue has to be monitored because results become visible later',
  ],
  good: 'The sender drops its message and goes on without waiting, even while the receiver is down for an update. Bursts pile up in the queue instead of hitting the database, and the receiver works them off at its own speed. The price is that a message may arrive twice, for instance after a lost confirmation, so handling it must be idempotent. You also have to watch the length of the queue, because results become visible later when it grows.',
  wrong: 'It looks modern on a diagram. You need a fast graphics card for it.',
  negated:
    'A message queue couples the sender to the receiver: the sender stores a message and cannot go on without waiting, above all while the receiver is down. It also amplifies bursts, since messages never pile up in the queue and the receiver must work them off at the speed of the sender. In return all queues deliver a message exactly once, so the receiver need not be idempotent because a message never arrives twice. The order of messages is always guaranteed, and the growing queue need not be monitored, since results become visible at once.',
  edits: [
    ['goes on without waiting', 'continues without waiting'],
    ['since messages pile up', 'because messages pile up'],
    ['is not always guaranteed', 'is not guaranteed'],
  ],
  translated:
    '보내는 쪽은 메시지를 넣고 기다리지 않고 자기 일을 계속하며, 받는 쪽이 꺼져 있어도 상관없다. 갑자기 몰린 요청은 큐에 쌓이고 받는 쪽이 자기 속도로 처리한다. 대신 같은 메시지가 두 번 올 수 있으므로 여러 번 처리해도 결과가 같게 만들어야 한다. 결과가 늦게 보이므로 큐의 길이도 지켜봐야 한다.',
  otherExample:
    'The shop drops an order and goes on without waiting, even while the receiver, say the invoice service, is down. On sale days bursts pile up in the queue and the receiver works them off at its own speed. The price is that a message may arrive twice, so writing the invoice must be idempotent. You also have to watch the length of the queue, because results become visible later when it grows.',
  extraDetail: 'Messages that fail again and again are usually put aside in a dead-letter queue.',
};

export const bases: readonly Base[] = [injection, herd, heatPump, queue];
