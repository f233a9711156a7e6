import { resolve } from 'node:path';
import type { GradingService } from '../app/grading-service.ts';
import { groupOfSession } from '../app/group-tokens.ts';
import { needsGroupTokens } from '../app/groups.ts';
import { isDatabaseReady, openService, type ServiceSettings } from '../compose-service.ts';
import type { Awaitable } from '../core/awaitable.ts';
import { ConfigError } from '../core/errors.ts';
import { groupIn, isPostgresAddress } from '../core/postgres-address.ts';
import { type Access, accessByGroups, accessByToken, openAccess } from '../http/access.ts';

/** What a service offers over HTTP, and to whom. */
export interface Served {
  access: Access;
  /** @param group its number; where there is one group only, that one is meant */
  serviceOf(group: number): Awaitable<GradingService>;
  /** The service of the only group; null where there are several. */
  only: GradingService | null;
  /** Runs are made by workers, and not here. */
  needsWorkers: boolean;
  /** Whether what is kept can be read and has the form that this version knows. */
  isReady(): Promise<boolean>;
  close(): Promise<void>;
}

/** What is known of the one token that serves where groups have none of their own. */
export interface OwnToken {
  isGiven: boolean;
  /** Nobody but who is on this machine reaches the service. */
  isOnlyHere: boolean;
  /** null where everybody may come in. @throws ConfigError where everybody could and should not */
  needed(): string | null;
}

function oneGroup(service: GradingService, token: string | null) {
  return {
    access: token === null ? openAccess : accessByToken(token),
    serviceOf: () => service,
    only: service,
  };
}

function twoKindsOfTokens(): ConfigError {
  return new ConfigError({
    ko: '그룹마다 토큰이 있으므로 ANSWER_GRADER_TOKEN은 쓰이지 않습니다. 그 변수를 지우거나, 한 그룹만 서비스하려면 ANSWER_GRADER_GROUP에 이름을 적으세요.',
    en: 'groups have tokens of their own, so ANSWER_GRADER_TOKEN lets nobody in; unset it or, to serve one group only, name it in ANSWER_GRADER_GROUP.',
  });
}

async function openServedGroups(place: string, settings: ServiceSettings, token: OwnToken): Promise<Served> {
  const { openGroupServices } = await import('../compose-groups.ts');
  const { address, group } = groupIn(place);
  const services = await openGroupServices(address, settings);
  const { groups, of, named } = services;
  const common = { needsWorkers: true, isReady: services.isReady, close: services.close };
  try {
    const hasOthers = needsGroupTokens(await groups.groups());
    const isOne = group !== undefined || (!hasOthers && (token.isGiven || token.isOnlyHere));
    if (isOne) return { ...oneGroup((await named(group ?? 'default')).service, token.needed()), ...common };
    if (token.isGiven) throw twoKindsOfTokens();
    const access = accessByGroups((session) => groupOfSession(session, groups));
    return { access, serviceOf: async (id) => (await of(id)).service, only: null, ...common };
  } catch (error) {
    await services.close();
    throw error;
  }
}

/**
 * Opens what a service offers: what is in an SQLite file; a group of a PostgreSQL database that is named; or all of
 * its groups, each for whoever has its token. One that others reach lets nobody in until there is a group with a token.
 * @param place a file or an address
 * @throws ConfigError, StoreError
 */
export async function openServed(place: string, settings: ServiceSettings, token: OwnToken): Promise<Served> {
  if (isPostgresAddress(place)) return openServedGroups(place, settings, token);
  const needed = token.needed();
  const file = resolve(place);
  const service = await openService(file, settings);
  const isReady = async () => isDatabaseReady(file);
  return { ...oneGroup(service, needed), needsWorkers: false, isReady, close: service.close };
}
