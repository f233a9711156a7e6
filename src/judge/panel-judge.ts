import { addUsage, noUsage, type UngradedReason } from '../core/grade.ts';
import { type IsSound, medianVerdict } from '../core/panel.ts';
import { roundScore, scoreOf } from '../core/scoring.ts';
import type { Verdict } from '../core/verdict.ts';
import { evidenceProblem } from './evidence.ts';
import type { Judge, Judgement, Material } from './judge.ts';

/** One member of a panel: a model, and which of its samples. */
export interface PanelMember {
  judge: Judge;
  model: string;
  sample: number;
}

type Given = Extract<Judgement, { verdict: Verdict }>;
type Failure = Extract<Judgement, { ungraded: UngradedReason }>;

/**
 * Several judges as one: on each criterion the median of their levels, with what each of them said kept beside
 * it. Where half of them or more gave no verdict, there is none.
 * @param samples how often each model is asked
 */
export function createPanelJudge(members: readonly PanelMember[], samples: number): Judge {
  async function judge(material: Material, signal: AbortSignal): Promise<Judgement> {
    // Each is awaited even where one fails, or a reply could come when nobody is there to keep it.
    const outcomes = await Promise.allSettled(members.map((member) => member.judge.judge(material, signal)));
    const broken = outcomes.find((outcome) => outcome.status === 'rejected');
    if (broken) throw broken.reason;
    const judgements = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
    const account = {
      usage: judgements.reduce((sum, judgement) => addUsage(sum, judgement.usage), noUsage),
      models: [...new Set(judgements.flatMap((judgement) => judgement.models))],
      ...(judgements.some((judgement) => judgement.isPartial || !('verdict' in judgement))
        ? { isPartial: true }
        : {}),
    };
    const given = judgements.filter((judgement): judgement is Given => 'verdict' in judgement);
    const failed = judgements.find((judgement): judgement is Failure => !('verdict' in judgement));
    if (failed && 2 * given.length <= members.length)
      return { ungraded: failed.ungraded, detail: failed.detail, ...account };
    const opinions = judgements.map((judgement, index) => {
      const { model = '', sample = 0 } = members[index] ?? {};
      const verdict = 'verdict' in judgement ? judgement.verdict : null;
      return {
        model: judgement.models[0] ?? model,
        sample,
        score: verdict === null ? null : roundScore(scoreOf(material.criteria, verdict)),
        levels: Object.fromEntries(
          Object.entries(verdict?.criteria ?? {}).map(([id, opinion]) => [id, opinion.level]),
        ),
      };
    });
    const verdicts = given.map((judgement) => judgement.verdict);
    const isSound: IsSound = (criterion, opinion) =>
      evidenceProblem(criterion, opinion, material.answer) === null;
    return { verdict: medianVerdict(material.criteria, verdicts, isSound), opinions, ...account };
  }
  const [first] = members;
  if (!first) throw new Error('a panel has at least one member');
  const asked = [...new Set(members.map((member) => member.model))];
  const addresses = [
    ...new Set(members.map((member) => `${member.model}@${member.judge.addresses?.join() ?? ''}`)),
  ];
  return { kind: 'llm', asked, addresses, promptVersion: first.judge.promptVersion, samples, judge };
}
