import { expect, it } from 'vitest';
import { importDocument } from '../../src/app/import-document.ts';
import { sampleChapter } from '../helpers/sample-material.ts';

it('shows a chapter with its warnings in one language', () => {
  const warnings = [{ code: 'unanswered', line: 7, message: { ko: '답이 없습니다.', en: 'no answer.' } }];
  const { id, title, questions, submissions } = sampleChapter();
  expect(importDocument(sampleChapter({ warnings }), 'ko')).toEqual({
    chapter: { id, title },
    questions,
    submissions,
    warnings: [{ code: 'unanswered', line: 7, message: '답이 없습니다.' }],
  });
  expect(importDocument(sampleChapter({ warnings }), 'en').warnings[0]?.message).toBe('no answer.');
});
