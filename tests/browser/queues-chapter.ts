import { chapterPage } from '../helpers/run-cli.ts';

/** A chapter with three answers, of which Ben's hides a character, and with an empty bold sign to be warned of. */
export const queuesTitle = '7 Queues';

export const queuesPage: string = chapterPage({
  title: queuesTitle,
  members: {
    Ann: {
      1: 'A queue keeps jobs until a worker has time, ****so that a peak does not stop the service.',
      2: 'Each job has a number, and a worker remembers the numbers that are done.',
    },
    Ben: { 1: 'It keeps jobs in order\u202e so that nothing is lost when many come at once.' },
  },
  questions: [
    {
      text: 'What is a queue for?',
      modelAnswer: 'It keeps jobs until a worker has time, so that peaks do no harm.',
    },
    {
      text: 'How is a job done only once?',
      modelAnswer: 'Each job has a number that workers remember when it is done.',
    },
  ],
});
