import { counted } from '../core/plural.ts';
import { isAskedHeading, nameLikeness } from './names.ts';
import type { Page } from './page.ts';
import type { NearMatch } from './reader.ts';

/** Questions as headings, below which no name returns; null where there are none. */
export function questionsWithoutNames({ parts }: Page): NearMatch | null {
  const questions = parts.members.filter(({ title }) => isAskedHeading(title));
  const [first] = questions;
  if (!first) return null;
  return {
    line: first.line,
    what: {
      ko: `제목으로 된 질문은 ${questions.length}개 있지만 그 아래에 되풀이되는 멤버 이름이 없으니, import.yaml의 members에 멤버 이름을 적거나 답마다 위에 이름을 제목으로(### 이름) 적으세요.`,
      en: `${counted(questions.length, 'question')} as ${questions.length === 1 ? 'a heading' : 'headings'}, but no names that return below; name the members under members in import.yaml, or put a heading with the name (### name) above each answer.`,
    },
  };
}

/** Fewer headings that look like names may be anything. */
const fewestNames = 2;

/** Names as headings, below which nobody is asked; null where there are few. */
export function namesWithoutQuestions({ parts, words }: Page): NearMatch | null {
  const named = parts.members.filter(({ title }) =>
    words.names.isClosed ? words.names.isListed(title) : nameLikeness(title) > 0,
  );
  const [first] = named;
  if (!first || (named.length < fewestNames && !words.names.isClosed)) return null;
  const names = [...new Set(named.map(({ title }) => title))].slice(0, 4).join(', ');
  return {
    line: first.line,
    what: {
      ko: `이름 제목(${names})은 있지만 그 아래에 질문이 없으니, 질문을 항목(- 질문)이나 제목(### 1. 질문)으로 적고 답을 그 아래에 적으세요.`,
      en: `headings with names (${names}), but no questions below; write each question as a bullet (- question) or a heading (### 1. question) with the answer below it.`,
    },
  };
}
