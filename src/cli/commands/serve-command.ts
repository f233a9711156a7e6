import { hostname, networkInterfaces } from 'node:os';
import { resolve } from 'node:path';
import { loadChapters } from '../../app/load-chapters.ts';
import { isNotionPath } from '../../app/notion-documents.ts';
import { sourcesFor } from '../../compose.ts';
import { readPageScript } from '../../compose-service.ts';
import { ConfigError } from '../../core/errors.ts';
import { createApp } from '../../http/create-app.ts';
import { type Listening, listen, remoteAddress, usualConnectionLimits } from '../../http/listen.ts';
import { type AppSettings, usualTimes } from '../../http/settings.ts';
import { forwardedAddress, wasForwardedFromTls } from '../../http/trusted-proxy.ts';
import { endAsked } from '../interrupt.ts';
import { type CommonOptions, type ExitCode, type Io, messageLanguage, writeJson } from '../io.ts';
import { type JudgeChoice, judgeConfigFrom } from '../judge-config.ts';
import { baselineNotice, skippedNotice } from '../notices.ts';
import {
  listeningNotice,
  metricsNotice,
  servingEndsNotice,
  tooLongNotice,
  workersNotice,
} from '../serve-notices.ts';
import { openServed, type Served } from '../served.ts';
import { type OwnWatching, watched } from '../watched.ts';
import type { WatchingOptions } from '../watching-options.ts';

export interface ServeOptions extends CommonOptions, JudgeChoice, WatchingOptions {
  host: string;
  port: number;
  allowHost?: string[];
  trustProxy?: boolean;
  concurrency: number;
  maxCost?: number;
  modelRequestsPerMinute?: number;
  maxUpload: number;
  requestsPerMinute: number;
  db: string;
}

const tokenVariable = 'ANSWER_GRADER_TOKEN';
/** A token that can be guessed is none. */
const shortestToken = 16;
/** What a header can carry as one word. */
const visible = /^[\x21-\x7e]+$/u;

function isThisMachine(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(?:\.\d{1,3}){3}$/u.test(host);
}

/**
 * What clients must know to be let in; null where everybody on this machine may come in.
 * @throws ConfigError when others could come in without one or with one that can be guessed, or it cannot be sent
 */
export function tokenFor(host: string, env: NodeJS.ProcessEnv): string | null {
  const token = env[tokenVariable]?.trim() ?? '';
  if (token === '' && isThisMachine(host)) return null;
  if (token === '') throw noToken(host);
  if (!visible.test(token)) throw unsendableToken();
  if (token.length >= shortestToken) return token;
  throw new ConfigError({
    ko: `${tokenVariable} 값이 너무 짧습니다. ${shortestToken}자 이상으로 하세요.`,
    en: `${tokenVariable} is too short; make it ${shortestToken} characters or more.`,
  });
}

function noToken(host: string): ConfigError {
  return new ConfigError({
    ko: `${host}에서는 다른 컴퓨터도 들어올 수 있습니다. 환경 변수 ${tokenVariable}에 ${shortestToken}자 이상의 비밀 토큰을 적거나 --host 127.0.0.1을 쓰세요.`,
    en: `others can reach ${host}; put a secret token of ${shortestToken} characters or more into the environment variable ${tokenVariable}, or use --host 127.0.0.1.`,
  });
}

function unsendableToken(): ConfigError {
  return new ConfigError({
    ko: `${tokenVariable}에는 공백 없이 영문자, 숫자, 기호만 쓸 수 있습니다. 다른 글자는 Authorization 헤더로 보낼 수 없습니다.`,
    en: `${tokenVariable} may hold only ASCII letters, digits and signs, without spaces; nothing else can be sent as a bearer token.`,
  });
}

/** A name or address as it stands in a Host header. */
function inHeader(host: string): string {
  return host.includes(':') ? `[${host}]` : host.toLowerCase();
}

/** What a Host header may name: a page elsewhere that has its own name lead here must not get in. */
function hostsFor({ host, allowHost = [] }: ServeOptions): string[] {
  const own = isThisMachine(host)
    ? []
    : [
        hostname(),
        ...Object.values(networkInterfaces()).flatMap((list) => (list ?? []).map((item) => item.address)),
      ];
  return [...new Set(['localhost', '127.0.0.1', '::1', host, ...own, ...allowHost].map(inHeader))];
}

function whoseChapters(): ConfigError {
  return new ConfigError({
    ko: '그룹이 여럿이라 어느 그룹의 단원인지 알 수 없습니다. 단원은 웹이나 API로 올리세요.',
    en: 'there are several groups, so it cannot be told whose chapters these are; hand them in by the page or the API.',
  });
}

/** Hands chapters in that are named on the command line. */
async function addChapters(
  paths: readonly string[],
  { only }: Served,
  io: Io,
  options: ServeOptions,
  say: (text: string) => void,
) {
  if (paths.length === 0) return;
  if (!only) throw whoseChapters();
  const { chapters, skipped } = await loadChapters(paths, sourcesFor(io.env));
  for (const item of skipped) say(skippedNotice(item, messageLanguage(options, io)));
  await only.keep(
    chapters.map(({ chapter, file }) => ({
      chapter,
      file,
      source: isNotionPath(file) ? null : resolve(file),
    })),
  );
}

/** `serve [PATH…]`: HTTP service and web page, until a signal ends it. */
export function serveCommand(
  paths: string[],
  options: ServeOptions,
  version: string,
  io: Io,
): Promise<ExitCode> {
  return watched('serve', options, io, (watching) => serve(paths, options, version, io, watching));
}

async function serve(
  paths: string[],
  options: ServeOptions,
  version: string,
  io: Io,
  watching: OwnWatching,
): Promise<ExitCode> {
  const { log, say } = watching;
  const messages = messageLanguage(options, io);
  const { host, port, concurrency, maxCost, modelRequestsPerMinute, maxUpload, requestsPerMinute } = options;
  const config = await judgeConfigFrom(options, io);
  if (config.kind === 'offline') say(baselineNotice(config.byDefault, messages));
  const limits = { maxCostUsd: maxCost ?? null, modelRequestsPerMinute: modelRequestsPerMinute ?? null };
  const served = await openServed(
    options.db,
    { config, concurrency, ...limits, watching },
    {
      isGiven: (io.env[tokenVariable]?.trim() ?? '') !== '',
      isOnlyHere: isThisMachine(host),
      needed: () => tokenFor(host, io.env),
    },
  );
  const { isReady } = served;
  const stopping = new AbortController();
  let operators: Listening | null = null;
  try {
    operators = await watching.offer({ version, isReady, stopped: stopping.signal });
    await addChapters(paths, served, io, options, say);
    const settings: AppSettings = {
      version,
      access: served.access,
      hosts: hostsFor(options),
      maxUploadBytes: maxUpload * 1_000_000,
      requestsPerMinute: requestsPerMinute === 0 ? null : requestsPerMinute,
      language: messages,
      now: () => performance.now(),
      addressOf: options.trustProxy ? forwardedAddress : remoteAddress,
      isSecure: options.trustProxy ? wasForwardedFromTls : () => false,
      script: await readPageScript(),
      log: log.fault,
      onServed: log.request,
      isReady,
      stopped: stopping.signal,
      times: usualTimes,
    };
    const ended = endAsked(() => say(tooLongNotice(messages)));
    const server = await listen(createApp(served.serviceOf, settings), {
      host,
      port,
      stopping,
      limits: usualConnectionLimits,
    });
    if (options.json) writeJson(io, { url: server.url });
    if (operators) say(metricsNotice(operators, messages));
    if (served.needsWorkers) say(workersNotice(messages));
    say(listeningNotice(server, served.access.kind !== 'open', messages));
    const { url } = server;
    log.started({ version, judge: config.kind, concurrency, url, metricsUrl: operators?.url ?? null });
    await ended;
    say(servingEndsNotice(served.needsWorkers, messages));
    await server.close();
    return 0;
  } finally {
    await served.close();
    await operators?.close();
  }
}
