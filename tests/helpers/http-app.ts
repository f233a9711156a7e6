import type { GradingService } from '../../src/app/grading-service.ts';
import { accessByToken, openAccess } from '../../src/http/access.ts';
import { createApp } from '../../src/http/create-app.ts';
import { type Listening, listen, remoteAddress, usualConnectionLimits } from '../../src/http/listen.ts';
import { type AppSettings, usualTimes } from '../../src/http/settings.ts';
import { openTestService } from './grading-service.ts';

/** What a test wants to be otherwise. */
export interface SettingsChanges extends Partial<AppSettings> {
  /** What clients must know; everybody is let in where it is left out. */
  token?: string;
}

/** Settings under which everybody is let in. */
export function testSettings({ token, ...changes }: SettingsChanges = {}): AppSettings {
  return {
    version: '1.2.3',
    access: token === undefined ? openAccess : accessByToken(token),
    hosts: ['localhost', '127.0.0.1'],
    maxUploadBytes: 2_000_000,
    requestsPerMinute: null,
    language: 'en',
    now: () => 0,
    addressOf: () => '127.0.0.1',
    isSecure: () => false,
    script: '',
    log: () => {},
    onServed: () => {},
    isReady: async () => true,
    stopped: new AbortController().signal,
    times: usualTimes,
    ...changes,
  };
}

/** An app within the process; on a service of its own where none is given. */
export function testApp(changes: SettingsChanges = {}, service = openTestService().service) {
  return createApp(() => service, testSettings(changes));
}

/** A request with a JSON body. */
export function jsonRequest(method: string, body: unknown): RequestInit {
  return { method, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
}

/** A service at an address of its own; closed when the test is over. */
export interface TestServer extends Listening, AsyncDisposable {
  /** How requests were answered, also those whose clients were gone by then. */
  statuses: readonly number[];
}

/** Puts a service on a free port. @param limits of its connections, where a test needs other ones */
export async function listenForTest(
  service: GradingService,
  changes: SettingsChanges = {},
  limits: Partial<typeof usualConnectionLimits> = {},
): Promise<TestServer> {
  const stopping = new AbortController();
  const settings = testSettings({ stopped: stopping.signal, addressOf: remoteAddress, ...changes });
  const app = createApp(() => service, settings);
  const statuses: number[] = [];
  const fetch: typeof app.fetch = async (...request) => {
    const response = await app.fetch(...request);
    statuses.push(response.status);
    return response;
  };
  const listening = await listen(
    { fetch },
    {
      host: '127.0.0.1',
      port: 0,
      stopping,
      limits: { ...usualConnectionLimits, ...limits },
    },
  );
  return { ...listening, statuses, [Symbol.asyncDispose]: () => listening.close() };
}
