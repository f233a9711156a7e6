import { chapterPage, type Workspace } from './run-cli.ts';

/** A chapter with three answers, small enough to count every request by hand. */
export const smallTitle = '3 Indexes';
const smallId = '3-Indexes';

const questions = [
  {
    text: 'What is an index for?',
    modelAnswer: 'It finds rows without reading the whole table, at the price of slower writes.',
  },
  {
    text: 'What is a transaction?',
    modelAnswer: 'A group of changes of which either all take effect or none does.',
  },
];

export const smallAnswers = {
  Ann: {
    1: 'An index keeps keys sorted beside the table so that rows are found quickly.',
    2: 'Several changes that are made together or not at all.',
  },
  Ben: { 1: 'It makes searching quick because not every row has to be looked at.' },
};

/** What the rubric says about the first question unless a test says otherwise. */
export const smallKeyPoints = ['An index finds rows without reading all of them', 'Every write gets slower'];

/** Writes the chapter's rubric with these key points for its first question. */
export async function writeSmallRubric(
  workspace: Workspace,
  keyPoints: readonly string[] = smallKeyPoints,
): Promise<void> {
  const rubric = { extends: 'default.yaml', questions: { 1: { keyPoints } } };
  await workspace.write(`rubrics/${smallId}.yaml`, JSON.stringify(rubric));
}

/** Puts chapter and rubric into a workspace: Ann answers both questions, Ben the first one. */
export async function addSmallChapter(workspace: Workspace): Promise<void> {
  const page = chapterPage({ title: smallTitle, members: smallAnswers, questions });
  await workspace.write('answers/indexes.md', page);
  await writeSmallRubric(workspace);
}
