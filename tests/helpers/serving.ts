import { type RunningCli, startCli } from './run-cli.ts';

/** The command `serve` at work; ended at the end, where it still is. */
export interface Serving extends AsyncDisposable {
  /** Where it listens, without a slash at the end. */
  url: string;
  running: RunningCli;
  /** Asks it for JSON; what comes is taken at its word. */
  get<T = Record<string, unknown>>(path: string): Promise<T>;
  send(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Response>;
  /** Waits until a run has ended. */
  ended(run: number): Promise<{ state: string; totals: { graded: number; requests: number } | null }>;
}

/**
 * Starts `serve` on a free port.
 * @param folder the working folder
 */
export async function startServing(
  folder: string,
  args: readonly string[] = [],
  env: Record<string, string> = {},
): Promise<Serving> {
  const running = startCli(folder, ['serve', '--port', '0', ...args], { env });
  const said = await running.saidOnStderr('Ctrl-C');
  const url = /http:\/\/\S+?(?=\/? )/u.exec(said)?.[0];
  if (url === undefined) throw new Error(`no address in: ${said}`);
  return {
    url,
    running,
    get: async <T>(path: string) => (await (await fetch(url + path)).json()) as T,
    send: (method, path, body, headers = {}) =>
      fetch(url + path, {
        method,
        headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
    async ended(run) {
      const events = await (await fetch(`${url}/v1/runs/${run}/events`)).text();
      const last = events.match(/^data: .*$/gmu)?.at(-1) ?? 'data: {}';
      return JSON.parse(last.slice('data: '.length));
    },
    async [Symbol.asyncDispose]() {
      running.kill('SIGKILL');
      await running.result;
    },
  };
}
