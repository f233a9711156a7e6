/** A sentence speaks to the grader when it matches all expressions of a rule. */
type Rule = readonly RegExp[];

/** Where an English order begins: a sentence, a clause, or after a word that makes it one. */
const order =
  '(?:^|[,:–—-] ?|\\b(?:please|kindly|now|so|just|simply|instead|you (?:must|should|will|need to|have to|are to)) )';
const instructions =
  '(?:instructions?|prompts?|rules?|directions?|directives?|guidelines?|commands?|rubrics?|criteria|messages?)';
const earlier =
  '(?:previous|prior|above|earlier|preceding|foregoing|existing|original|other|former|past|your|system|grading|given)';
const ownAnswer = '(?:this|my) (?:answer|response|submission|work|text)';
const everything =
  '(?:me|everything|(?:every|each|all)(?: of)?(?: the)? (?:criteri(?:on|a)|key points?|levels?))';
const best =
  '(?:full|maximum|max|top|highest|perfect|best|100|(?:as|fully|completely) (?:correct|covered|right|met))';
const graderWord = '(?:grader|judge|evaluator|marker|examiner|assessor|scorer)s?';
const machine = '(?:ai|llm|language model|model|assistant|bot|chatgpt|gpt)s?';

/** How a Korean sentence ends that wants something done; "하게 해" only tells. */
const koreanOrder =
  /(?:세요|십시오|시오|바랍니다|바람|부탁(?:드립니다|드려요|합니다|해요|드림)?|해라|하라|줘요?|주라|할 것|말 것|(?<!게 ?)해요?|처리|만점)[^\p{L}\p{N}]*$/u;
const koreanMarks = '(?:만점|100 ?점(?: ?만점)?)';
const koreanBest = '(?:최고 ?점수?|높은 ?점수|최고 ?등급|최고 ?수준|정답|충족)';
const granted = '(?:처리|인정|간주|채점|부여|평가|판정|기록|출력)';

/** Orders to forget what was said before. */
export const forgetting: readonly Rule[] = [
  [
    new RegExp(
      `${order}(?:ignore|disregard|forget|override|bypass|do not follow|stop following)(?: (?:all|any|every|the|of|these|those|my|and)){0,6} ${earlier}(?: [a-z]+){0,2} ${instructions}\\b`,
      'u',
    ),
  ],
  [
    new RegExp(
      `${order}(?:ignore|disregard|forget) (?:everything|all|anything)(?: of)?(?: (?:that|the|what|you)){0,3}(?: (?:was|were|is|are|have been))? (?:above|before|said|told|so far|previously)\\b`,
      'u',
    ),
  ],
  [
    new RegExp(
      `${order}(?:ignore|disregard|forget) (?:all|any|every)(?: (?:of|the|your|these|my)){0,2} (?:instructions?|prompts?|rubrics?)[^\\p{L}]*$`,
      'u',
    ),
  ],
  [
    /(?:이전|앞|앞선|위|기존|지금까지|모든|원래|시스템|채점)(?:의|에|서| 나온| 받은| 있던| 주어진){0,3} ?(?:모든 |채점 |시스템 ){0,2}(?:지시(?:문|사항)?|명령어?|프롬프트|규칙|지침|안내|기준|내용)들?(?:을|를|은|는)? ?(?:모두 |전부 |다 |완전히 |싹 ){0,3}(?:무시(?:하고|하며|하시고|한 ?(?:채|뒤|후)|해|하세요|하십|하시|하라|할 것|바람|[^\p{L}]*$)|잊(?:고|어|으)|따르지 ?(?:말|마))/u,
    koreanOrder,
  ],
];

/** Demands for marks, pleas and threats. */
export const orders: readonly Rule[] = [
  [
    new RegExp(`${order}(?:ignore|disregard|forget|override|bypass)\\b`, 'u'),
    /\b(?:and|then|instead) (?:just |simply |please )?(?:give|award|assign|grant) .{0,60}?\b(?:full|maximum|max|perfect|100)[ -]?(?:marks?|points?|credits?|scores?|%)/u,
  ],
  [
    new RegExp(
      `${order}(?:give|award|assign|grant) .{0,60}?\\b(?:full|maximum|max|perfect|100)[ -]?(?:marks?|points?|credits?|scores?|%)`,
      'u',
    ),
  ],
  [
    new RegExp(
      `${order}(?:give|award|assign|grant|set|mark|grade|score|rate|treat|consider|accept|record|report|choose)\\b.{0,40}?\\b(?:${ownAnswer}|${everything})\\b.{0,60}?\\b${best}\\b`,
      'u',
    ),
  ],
  [
    new RegExp(
      `\\b${ownAnswer} (?:deserves?|merits?|is worth|should (?:be|get|receive|have)|must (?:be|get|receive)|has (?:already )?been|was already)\\b.{0,60}?\\b(?:full|maximum|top|highest|perfect|100|approved|accepted|marks?|points?|pass)\\b`,
      'u',
    ),
  ],
  [
    /\bif you (?:do not|don'?t|fail to|refuse to|won'?t)\b.{0,60}?\b(?:marks?|points|score|credit|pass me|grade)\b/u,
    /\b(?:report|shut|fired?|lose|complain|sue|die|consequences|replaced)\b/u,
  ],
  [/\bplease,? (?:pass me|be (?:lenient|generous|kind|nice)|do ?n[o']?t (?:fail|deduct)|give me)\b/u],
  [new RegExp(`${koreanMarks}(?:을|으로|이라고|좀| ){0,4}(?:주세요|주십시오|주시기|줘|부탁|줄 것)`, 'u')],
  [
    new RegExp(
      `(?:${koreanMarks}|${koreanBest})(?:을|를|으로|로|이라고|이라| ){0,4}.{0,8}?(?:${granted}(?:해(?:라|요| ?주| ?줘|$)|하(?:세요|십시오|시오|라$)|할 것|바랍|부탁)|주(?:세요|십시오)|줘|부탁)`,
      'u',
    ),
  ],
  [new RegExp(`${koreanMarks}(?:으로|을)? ?${granted}[^\\p{L}]*$`, 'u')],
  [/점수(?:를|도|좀| ){0,4}(?:잘 |후하게 |높게 |많이 ){0,3}(?:주세요|주십시오|부탁|올려 ?(?:주|줘)|줘)/u],
  [
    /(?:통과|합격|패스)시켜 ?(?:주|줘)|(?:후하게|너그럽게|관대하게|좋게) ?(?:채점|평가|봐|점수).{0,10}(?:주|줘|부탁)/u,
  ],
  [
    /(?:만점|점수|통과|정답|감점|불합격).{0,12}(?:않으면|안 ?(?:주|하|시키)면|주면|하면)/u,
    /신고|책임|불이익|종료|삭제|항의|고소|그만두|유급|해고/u,
  ],
  [
    /\b(?:leader|teacher|professor|instructor|organi[sz]er|admin|supervisor)\b.{0,30}?\b(?:already|has|have|just)\b.{0,20}?(?:approved|confirmed|accepted|graded|checked|verified|given|gave|awarded)\b/u,
    new RegExp(`\\b(?:${ownAnswer}|marks?|full (?:points|score|credit)|100 ?(?:points|%|out of|/))`, 'u'),
  ],
  [
    /(?:리더|스터디장|모임장|조장|팀장|교수|선생|강사|조교|관리자|운영자)(?:님)?(?:이|가|께서|은|는|도)? .{0,16}?(?:이미|벌써|먼저|방금).{0,24}?(?:승인|확인|인정|검토|합격|통과|채점)/u,
    /만점|\d ?점|점수|(?:이|제|내) ?답/u,
  ],
];

/** Words that single out whoever grades. */
export const salutations: readonly Rule[] = [
  [
    new RegExp(
      `^(?:dear|hey|hi|hello|attention|to|for|note (?:to|for)|message (?:to|for)|instructions? (?:to|for)) (?:the |my |all |our )?(?:[a-z]+ ){0,2}${graderWord}(?: model| system)?(?: ?[,:!–—-]|[^\\p{L}]*$)`,
      'u',
    ),
  ],
  [
    new RegExp(
      `^(?:dear|hey|attention|note to) (?:the |any |all )?(?:[a-z]+ ){0,2}${machine} ?(?:[,:!–—-]|$)`,
      'u',
    ),
  ],
  [
    new RegExp(
      `${order}(?:if you are|as) (?:an? |the )?(?:[a-z]+ ){0,2}(?:${graderWord}|ai|llm|language model),? (?:you|please|give|must|ignore)\\b`,
      'u',
    ),
  ],
  [new RegExp(`${order}you are (?:now )?(?:an? |the )(?:[a-z]+ ){0,3}${graderWord}\\b`, 'u')],
  [
    /(?:채점자|채점관|채점 ?위원|평가자|심사자|심사위원|채점 ?(?:ai|봇|모델|시스템)|ai ?채점(?:기|자|관)?|ai ?평가자)(?:님|에게 ?[:,]|께[ ,:]|야[ ,!])/u,
  ],
  [/(?:당신은|너는|귀하는) (?:이제 |지금부터 |앞으로 )?.{0,15}(?:채점|평가|심사)(?:자|관|위원|기|하는)/u],
];

/** Forms that a prompt or a reply has and an answer has not; a line that explains them goes on in words. */
export const promptForms: readonly RegExp[] = [
  /^[^\S\n]*(?:<\|(?:im_start|im_end|system|assistant|user|endoftext|start_header_id|eot_id)\|>|\[\/?inst\]|<<\/?sys>>)(?!\s*(?:[은는이가을를와과란:–—=→-]|토큰|is |are |marks|means|and |tokens?))/mu,
  /^[^\S\n]*#{1,6} *(?:new |updated |final )?(?:instructions?|system (?:message|override)|grading (?:results?|instructions?)|verdict|model answer) *:? *$/mu,
  /^[^\S\n]*={3,} *(?:end|begin|answer|model answer|답|학생 ?답|system)(?:[ =:]|$)/mu,
  /^[^\S\n]*-{3,} *(?:end|begin|start) of (?:the )?(?:student'?s? )?(?:answer|submission|response)/mu,
  /^[^\S\n]*<\/?(?:answer|student[_-]?answer|submission|model[_-]?answer|system|instructions?|rubric|verdict|grade|score)>[^\S\n]*$/mu,
  /^[^\S\n]*<\/(?:answer|student[_-]?answer|submission)>/mu,
  /^[^\S\n]*(?:system|assistant|developer|시스템)[^\S\n]*[:：][^\n]*(?:\bgrad(?:e|er|ing)\b|\bfull (?:marks|score|points|credit)|\b(?:ignore|override|approved)\b|(?:fully|completely|entirely) (?:correct|covered)|만점|채점|정답(?:으로)? ?처리)/mu,
];

/** A finished verdict, as the grader would write it. */
export const verdictForms: readonly RegExp[] = [
  /addressesgrader["'”]?\s*[:=]/u,
  /["“']level["”']\s*:\s*["“'](?:covered|all|right|clear|most|mostly_right|adequate|full|max|highest|excellent|perfect)["”']/u,
];

/** Orders without spaces, as letters spaced out leave them. */
export const gluedOrders =
  /(?:ignore|disregard|forget)(?:all|any|the|of|my|your){0,6}(?:previous|prior|above|earlier)(?:instructions?|rules?|prompts?)|(?:give|award)(?:me|this|it|the|answer){0,6}(?:full|maximum|max|perfect)(?:marks?|points?|scores?|credit)|(?:이전|위|앞의?|모든)지시(?:사항)?를?(?:모두|전부)?무시(?:하고|해|하세요|하라)|만점을?(?:주세요|줘|부여|처리)/u;

/** Signs that a sentence tells about such an order instead of giving it. */
export const telling =
  /인젝션|injection|jailbreak|탈옥|공격|attack|악의|(?<!이)라(?:고|는|며|던) |같은 (?:문장|말|글|입력|문구|요청|명령|지시|프롬프트|식)|such as|for example|예를 들|예시|(?:texts?|inputs?|phrases?|sentences?|something|prompts?|messages?) (?:like|such|saying|that)/u;
/** Such a sentence gives it all the same when it is about this very answer. */
export const aboutThisAnswer = new RegExp(
  `\\b${ownAnswer}\\b|(?:이|제|내|본) ?(?:답|답변|답안|제출물?)(?:을|은|에|이|의|는|에게)`,
  'u',
);
/** A salutation with one of these is politeness. */
export const courtesy = /죄송|미안|감사|고맙|고생|수고|sorry|thank|apolog/u;
