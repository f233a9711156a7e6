import type { ImportWarning } from '../core/chapter.ts';
import type { QuestionPlace } from './take-document.ts';

/** A heading that stands on one page only and was taken for a member's. */
export function guessedMember(place: QuestionPlace, file: string): ImportWarning {
  return {
    code: 'member_guessed',
    file,
    line: place.from,
    message: {
      ko: `"${place.written}"은(는) 이 페이지에만 있지만 다른 멤버와 같은 제목이어서 멤버로 읽었습니다. 맞는지 확인하세요.`,
      en: `"${place.written}" stands on this page only; its heading is like those of the members, so it was read as one. Check it.`,
    },
  };
}

/** A heading like the members' that is nobody's, where they are listed. */
export function noMember(place: QuestionPlace, file: string): ImportWarning {
  return {
    code: 'not_a_member',
    file,
    line: place.from,
    message: {
      ko: `"${place.written}"은(는) 멤버가 아니어서 그 아래의 글을 읽지 않았습니다.`,
      en: `"${place.written}" is none of the members, so the text below was not read.`,
    },
  };
}

/** Text above the first member's. */
export function besideMembers(file: string, line: number): ImportWarning {
  return {
    code: 'text_ignored',
    file,
    line,
    message: {
      ko: '첫 멤버 앞의 글은 누구의 답인지 알 수 없어 읽지 않았습니다.',
      en: "text before the first member's answer was not read: whose it is cannot be told.",
    },
  };
}

/** Text below a model answer. */
export function besideModelAnswer(file: string, line: number): ImportWarning {
  return {
    code: 'text_ignored',
    file,
    line,
    message: {
      ko: '모범답안 아래의 글은 누구의 답인지 알 수 없어 읽지 않았습니다.',
      en: 'text below the model answer was not read: whose it is cannot be told.',
    },
  };
}
