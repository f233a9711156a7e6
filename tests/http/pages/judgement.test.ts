import { expect, it } from 'vitest';
import { judgementSection } from '../../../src/http/pages/judgement.ts';
import { cachingId, gradedTestService } from '../../helpers/grading-service.ts';

it('shows what each of several judges said, and who decided what', async () => {
  const { service } = await gradedTestService();
  const all = await Array.fromAsync((await service.grades(cachingId)).grades);
  const [grade] = all.filter(({ state }) => state === 'graded');
  await service.review(grade!.id, { score: 40 }, { by: 'Kim', reason: 'Too short' });
  await service.clearReview(grade!.id, { by: 'Lee', reason: '' });
  const full = await service.grade(grade!.id);
  const opinions = [
    { model: 'judge-1', sample: 0, score: 80, levels: { k1: 'covered' } },
    { model: 'judge-2', sample: 1, score: null, levels: {} },
  ];
  const english = judgementSection({ ...full, grade: { ...full.grade, opinions } }, 'en').text;
  expect(english).toContain('<th scope="row">judge-1 #1</th>\n<td>80.0</td><td>covered</td>');
  expect(english).toContain('<th scope="row">judge-2 #2</th>\n<td>no verdict</td><td>–</td>');
  expect(english).toContain('Kim: 40.0 · Too short');
  expect(english).toContain('Lee: taken back');
  expect(judgementSection(full, 'ko').text).toContain('Lee: 결정을 되돌림');
});

it('says once why there is no grade', async () => {
  const { service } = await gradedTestService();
  const [grade] = await Array.fromAsync((await service.grades(cachingId)).grades);
  const full = await service.grade(grade!.id);
  const ungraded = {
    ...full.grade,
    state: 'ungraded' as const,
    score: null,
    ungradedReason: 'refused' as const,
    needsReview: true,
    reviewReasons: ['refused'],
  };
  const shown = judgementSection({ ...full, grade: ungraded }, 'en').text;
  expect(shown.match(/refused/gu)).toHaveLength(1);
  expect(shown).not.toContain('Nothing about it is doubtful');
  const doubtful = { ...ungraded, similarTo: ['Ann'] };
  expect(judgementSection({ ...full, grade: doubtful }, 'en').text).toContain('Why to check</strong> nearly');
});
