import type { MarkedResult } from '../../src/core/calibration.ts';

/** A graded answer to question q1, changed as given. */
export function resultOf(parts: Partial<MarkedResult>): MarkedResult {
  return {
    id: '1',
    question: 'q1',
    questionText: 'What is an index?',
    answer: 'It is sorted.',
    reference: 'A sorted structure.',
    human: 0.5,
    second: null,
    machine: 0.5,
    ungradedReason: null,
    needsReview: false,
    humanReason: null,
    machineReason: null,
    ...parts,
  };
}
