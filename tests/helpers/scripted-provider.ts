import type { BatchState } from '../../src/core/batch.ts';
import type { BatchProvider, BatchReport } from '../../src/judge/batch-provider.ts';
import type { ChatReply } from '../../src/judge/chat-model.ts';
import { modelError } from './scripted-model.ts';

/** A Batch API in memory. What a line of a result file holds as its body is the reply itself. */
export interface ScriptedProvider extends BatchProvider {
  calls: string[];
  /** Uploaded and result files by id. */
  files: Map<string, string>;
  reports: BatchReport[];
  /** The next call of this name fails. */
  failNext(call: string, error: Error): void;
  /** Ends a batch with these files' lines. */
  end(id: string, state: BatchState, output: readonly object[] | null, errors?: readonly object[]): void;
}

export const batchReply: ChatReply = {
  text: '{}',
  finish: { reason: 'stop', raw: 'stop' },
  model: 'judge-1-2026',
  usage: { inputTokens: 100, cachedInputTokens: 0, outputTokens: 10 },
};

/** A line of an output file with the reply to a request. */
export function repliedLine(key: string, reply: object = batchReply): object {
  return { custom_id: key, response: { status_code: 200, body: reply }, error: null };
}

/** The keys in an uploaded file. */
export function keysIn(text: string | undefined): string[] {
  return (text ?? '')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => (JSON.parse(line) as { custom_id: string }).custom_id);
}

export function scriptedProvider(): ScriptedProvider {
  const calls: string[] = [];
  const files = new Map<string, string>();
  const reports: BatchReport[] = [];
  const traces = new Map<string, string>();
  const failures = new Map<string, Error>();

  function called(name: string): void {
    calls.push(name);
    const failure = failures.get(name);
    failures.delete(name);
    if (failure) throw failure;
  }
  function addFile(text: string): string {
    const id = `file-${files.size + 1}`;
    files.set(id, text);
    return id;
  }
  function reportOf(id: string): BatchReport {
    const report = reports.find((item) => item.id === id);
    if (!report) throw modelError('not_found');
    return report;
  }

  return {
    calls,
    files,
    reports,
    failNext: (call, error) => void failures.set(call, error),
    end(id, state, output, errors = []) {
      const text = (lines: readonly object[]) => lines.map((line) => JSON.stringify(line)).join('\n');
      Object.assign(reportOf(id), {
        state,
        outputFile: output && addFile(text(output)),
        errorFile: errors.length > 0 ? addFile(text(errors)) : null,
      });
    },
    bodyOf: ({ messages }) => ({ messages }),
    readBody: (body) => (typeof body === 'object' && body && 'text' in body ? (body as ChatReply) : null),
    async upload(_name, lines) {
      called('upload');
      return addFile(lines);
    },
    async create(fileId, label) {
      called('create');
      const report: BatchReport = {
        id: `batch-${reports.length + 1}`,
        state: 'running',
        counts: null,
        outputFile: null,
        errorFile: null,
        problem: null,
      };
      reports.push(report);
      traces.set(`${label} ${fileId}`, report.id);
      return report;
    },
    async find({ label, fileId }) {
      called('find');
      const id = traces.get(`${label} ${fileId}`);
      return id === undefined ? null : reportOf(id);
    },
    async retrieve(id) {
      called('retrieve');
      return reportOf(id);
    },
    async cancel(id) {
      called('cancel');
      return Object.assign(reportOf(id), { state: 'cancelling' });
    },
    async *lines(fileId) {
      called('lines');
      yield* (files.get(fileId) ?? '').split('\n');
    },
  };
}
