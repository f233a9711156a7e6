import { describe, expect, test } from 'vitest';
import type { WatchedNumbers } from '../../src/app/metrics.ts';
import { createPrometheus, type PrometheusMetrics } from '../../src/metrics/prometheus.ts';
import { linesOf } from '../helpers/run-cli.ts';

/** The program's own series that are not 0, without the buckets of histograms. */
async function seriesOf(metrics: PrometheusMetrics): Promise<string[]> {
  return linesOf(await metrics.text()).filter(
    (line) => line.startsWith('answer_grader_') && !line.includes('_bucket{') && !line.endsWith(' 0'),
  );
}

const usage = { requests: 1, inputTokens: 100, cachedInputTokens: 40, outputTokens: 10, costUsd: 0.25 };

describe('metrics for Prometheus', () => {
  test('count requests by route, and how long they took', async () => {
    const metrics = createPrometheus();
    const served = { method: 'GET', route: '/v1/runs/:id', status: 200, seconds: 0.3 };
    metrics.requestServed(served);
    metrics.requestServed({ ...served, status: 404, seconds: 0.7 });
    expect(await seriesOf(metrics)).toEqual([
      'answer_grader_http_requests_total{method="GET",route="/v1/runs/:id",status="200"} 1',
      'answer_grader_http_requests_total{method="GET",route="/v1/runs/:id",status="404"} 1',
      'answer_grader_http_request_duration_seconds_sum{method="GET",route="/v1/runs/:id"} 1',
      'answer_grader_http_request_duration_seconds_count{method="GET",route="/v1/runs/:id"} 2',
    ]);
    expect(await metrics.text()).toContain('le="0.5",method="GET",route="/v1/runs/:id"} 1\n');
  });

  test('count what was asked of models, each token once, and only costs that are known', async () => {
    const metrics = createPrometheus();
    metrics.modelAsked({ model: 'judge-1', outcome: 'replied', seconds: 2, usage });
    metrics.modelAsked({ model: 'judge-1', outcome: 'rate_limited', seconds: 1, usage: null });
    metrics.modelAsked({ model: 'own', outcome: 'replied', seconds: 4, usage: { ...usage, costUsd: null } });
    const series = await seriesOf(metrics);
    expect(series.filter((line) => !line.includes('seconds'))).toEqual([
      'answer_grader_model_requests_total{model="judge-1",outcome="replied"} 1',
      'answer_grader_model_requests_total{model="judge-1",outcome="rate_limited"} 1',
      'answer_grader_model_requests_total{model="own",outcome="replied"} 1',
      'answer_grader_model_tokens_total{model="judge-1",kind="input"} 60',
      'answer_grader_model_tokens_total{model="judge-1",kind="cached_input"} 40',
      'answer_grader_model_tokens_total{model="judge-1",kind="output"} 10',
      'answer_grader_model_tokens_total{model="own",kind="input"} 60',
      'answer_grader_model_tokens_total{model="own",kind="cached_input"} 40',
      'answer_grader_model_tokens_total{model="own",kind="output"} 10',
      'answer_grader_model_cost_dollars_total{model="judge-1"} 0.25',
    ]);
    expect(series).toContain('answer_grader_model_request_duration_seconds_sum{model="judge-1"} 3');
  });

  test('count grades, runs, jobs and faults', async () => {
    const metrics = createPrometheus();
    for (const ungradedReason of [null, null, 'request_failed', 'refused'] as const)
      metrics.graded({ state: ungradedReason ? 'ungraded' : 'graded', ungradedReason });
    metrics.runEnded('finished');
    metrics.jobFailed();
    metrics.fault();
    metrics.fault();
    expect(await seriesOf(metrics)).toEqual([
      'answer_grader_grades_total{state="graded",reason="none"} 2',
      'answer_grader_grades_total{state="ungraded",reason="request_failed"} 1',
      'answer_grader_grades_total{state="ungraded",reason="refused"} 1',
      'answer_grader_runs_ended_total{state="finished"} 1',
      'answer_grader_jobs_failed_total 1',
      'answer_grader_faults_total 2',
    ]);
  });

  describe('of what is the case now', () => {
    /** The series of gauges, zeros included. */
    async function gauges(numbers: WatchedNumbers, metrics = createPrometheus(1)): Promise<string[]> {
      metrics.watch(numbers);
      return linesOf(await metrics.text()).filter((line) => /^answer_grader_(?:queue|runs\{)/u.test(line));
    }

    test('are asked for when somebody looks', async () => {
      const metrics = createPrometheus();
      const numbers: WatchedNumbers = {
        queueLength: async () => 7,
        openRuns: () => ['queued', 'running', 'queued'],
      };
      expect(await gauges(numbers, metrics)).toEqual([
        'answer_grader_queue_length 7',
        'answer_grader_runs{state="queued"} 2',
        'answer_grader_runs{state="running"} 1',
      ]);
      expect(await gauges({ queueLength: () => 0, openRuns: () => [] }, metrics)).toEqual([
        'answer_grader_queue_length 0',
        'answer_grader_runs{state="queued"} 0',
        'answer_grader_runs{state="running"} 0',
      ]);
    });

    test('are left out where nobody tells them, rather than told as 0 or as they were', async () => {
      const metrics = createPrometheus();
      expect(await gauges({}, metrics)).toEqual([]);
      expect(await gauges({ queueLength: () => 7, openRuns: () => ['queued'] }, metrics)).toHaveLength(3);
      expect(await gauges({}, metrics)).toEqual([]);
    });

    test.each([
      ['fail', () => Promise.reject(new Error('no database'))],
      ['take too long', () => Promise.withResolvers<never>().promise],
    ])('do not hide the others when they %s', async (_, failing) => {
      const numbers = { queueLength: failing, openRuns: () => ['running' as const] };
      expect(await gauges(numbers)).toEqual([
        'answer_grader_runs{state="queued"} 0',
        'answer_grader_runs{state="running"} 1',
      ]);
      expect(await gauges({ openRuns: failing })).toEqual([]);
    });
  });

  test('hold those of the process, and are of their own in each registry', async () => {
    const [one, other] = [createPrometheus(), createPrometheus()];
    one.fault();
    expect(await seriesOf(other)).toEqual([]);
    expect(await other.text()).toMatch(/^process_resident_memory_bytes [1-9]/mu);
    expect(other.contentType).toMatch(/^text\/plain; version=/u);
  });
});
