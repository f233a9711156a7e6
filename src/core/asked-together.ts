import { inGroups } from './in-groups.ts';

/**
 * Questions that cost as much for many as for one, such as a look into a database elsewhere: what is asked at the same
 * moment is asked together, and so is what is asked while others wait for their answers.
 * @param ask answers in the order of the questions; throws for all of them
 * @returns a function that asks one
 */
export function askedTogether<Question, Answer>(
  ask: (questions: readonly Question[]) => Promise<readonly Answer[]>,
): (question: Question) => Promise<Answer> {
  const told = inGroups(async (waiting: readonly { question: Question; tell(answer: Answer): void }[]) => {
    const answers = await ask(waiting.map(({ question }) => question));
    for (const [index, answer] of answers.entries()) waiting[index]?.tell(answer);
  });
  return (question) =>
    new Promise((tell, reject) => {
      told({ question, tell }).catch(reject);
    });
}
