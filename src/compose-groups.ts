import { join } from 'node:path';
import { createService, type OwnService } from './app/create-service.ts';
import type { RubricPlaces } from './app/load-rubric.ts';
import { portionsAtOnce } from './app/portions.ts';
import { tellFailures } from './app/tell-failures.ts';
import type { JobHandler, WorkQueue } from './app/work-queue.ts';
import { rubricPlaces } from './compose.ts';
import { openSharedLimits } from './compose-network.ts';
import { openGroupStores } from './compose-postgres.ts';
import { openQueue } from './compose-queue.ts';
import { closingStores, later, type ServiceSettings, serviceParts } from './compose-service.ts';
import { NotFoundError } from './core/errors.ts';
import { addressOfGroup } from './core/postgres-address.ts';
import type { RunState } from './core/requested-run.ts';
import type { Group, GroupStore } from './store/group-store.ts';
import { tellingOfLoss } from './store/postgres-errors.ts';
import { openPostgresGroups } from './store/postgres-groups.ts';
import { defaultGroup } from './store/postgres-migrate.ts';
import { isPostgresReady } from './store/postgres-ready.ts';
import type { ServiceStore } from './store/service-store.ts';

/** So often a worker looks for runs that nobody works on, because somebody died between noting and handing out. */
const lookAgainMs = 30_000;

/** The services of a PostgreSQL database's groups, whose runs are made by workers. */
export interface GroupServices {
  groups: GroupStore;
  queue: WorkQueue;
  isReady(): Promise<boolean>;
  /** @param group its number. @throws NotFoundError, StoreError */
  of(group: number): Promise<OwnService>;
  /** @param name of a group; the default one is made where there is none */
  named(name: string): Promise<OwnService>;
  close(): Promise<void>;
}

function noSuchGroup(which: string): NotFoundError {
  return new NotFoundError({
    ko: `데이터베이스에 "${which}" 그룹이 없습니다. 있는 그룹은 "group list"로 볼 수 있습니다.`,
    en: `the database has no group "${which}"; "group list" shows those there are.`,
  });
}

/** Names of rubrics tell of chapters and examples in them of answers, so each group has a folder of its own. */
function placesOf({ id, name }: Group): RubricPlaces {
  const places = rubricPlaces();
  return name === defaultGroup ? places : { ...places, folder: join(places.folder, 'groups', String(id)) };
}

/** Closes those that were opened. */
async function closeAll(services: Iterable<Promise<OwnService>>): Promise<void> {
  await using closing = new AsyncDisposableStack();
  for (const opened of await Promise.allSettled(services))
    if (opened.status === 'fulfilled') closing.defer(() => opened.value.service.close());
}

/**
 * Opens the groups of a PostgreSQL database; a group's service is opened when it is first asked for.
 * @throws StoreError
 */
export async function openGroupServices(address: string, settings: ServiceSettings): Promise<GroupServices> {
  await using opened = new AsyncDisposableStack();
  const groups = opened.adopt(await openPostgresGroups(address), (one) => one.close());
  const limits = openSharedLimits(settings.concurrency);
  const services = new Map<number, Promise<OwnService>>();
  const notes = new Map<number, Pick<ServiceStore, 'openRuns'>>();
  opened.defer(() => closeAll(services.values()));
  // What is opened last is closed first: whoever does jobs needs the rest until they end.
  const queue = opened.adopt(await openQueue(address, settings.watching.log.fault), (one) => one.close());

  async function open(id: number): Promise<OwnService> {
    const group = (await groups.groups()).find((one) => one.id === id);
    if (!group) throw noSuchGroup(String(id));
    const stores = await openGroupStores(addressOfGroup(address, group.name));
    notes.set(id, stores.notes);
    const alone = (handler: JobHandler) => handler;
    const own = { queue, group: String(id), worksHere: false, alone, places: placesOf(group) };
    return closingStores(createService(serviceParts(stores, settings, limits, own)), stores);
  }

  function of(id: number): Promise<OwnService> {
    const known = services.get(id);
    if (known) return known;
    const opening = open(id);
    services.set(id, opening);
    opening.catch(() => services.delete(id));
    return opening;
  }

  async function named(name: string): Promise<OwnService> {
    if (name === defaultGroup) await groups.addGroup(name, null);
    const group = (await groups.groups()).find((one) => one.name === name);
    if (!group) throw noSuchGroup(name);
    return of(group.id);
  }

  async function openRuns(): Promise<RunState[]> {
    for (const { id } of await groups.groups()) await of(id);
    const runs = await Promise.all([...notes.values()].map(async (one) => one.openRuns()));
    return runs.flat().map(({ state }) => state);
  }

  settings.watching.metrics.watch({ queueLength: queue.length, openRuns });
  const closing = opened.move();
  return {
    groups,
    queue,
    isReady: () => isPostgresReady(address),
    of,
    named,
    close: () => closing.disposeAsync(),
  };
}

/**
 * Looks now and then for runs that were not handed out, of each group whatever is wrong with others.
 * @returns what ends it
 */
export function lookingForRuns(
  { groups, of }: { groups: Pick<GroupStore, 'groups'>; of: GroupServices['of'] },
  onFault: (error: unknown) => void,
): () => void {
  let isOver = false;
  let cancel = () => {};
  async function orTell(work: () => Promise<void>): Promise<void> {
    try {
      if (!isOver) await work();
    } catch (error) {
      if (!isOver) onFault(error);
    }
  }
  async function look(): Promise<void> {
    await orTell(async () => {
      for (const { id } of await groups.groups()) await orTell(async () => (await of(id)).handOutOpenRuns());
    });
    if (!isOver) cancel = later(() => void look(), lookAgainMs);
  }
  void look();
  return () => {
    isOver = true;
    cancel();
  };
}

/**
 * Opens a worker, which makes the runs of all groups together with every other one on the same database.
 * @throws StoreError
 */
export async function openWorker(
  address: string,
  settings: ServiceSettings,
): Promise<Pick<GroupServices, 'isReady' | 'close'>> {
  await using opened = new AsyncDisposableStack();
  const services = opened.adopt(await openGroupServices(address, settings), (one) => one.close());
  const { queue, of } = services;
  const { log } = settings.watching;
  const handler: JobHandler = {
    handle: async (job, signal) => (await of(Number(job.group))).worker.handle(job, signal),
    giveUp: async (job, error) => (await of(Number(job.group))).worker.giveUp(job, error),
  };
  await queue.work(tellFailures(handler, log), portionsAtOnce(settings.concurrency));
  opened.defer(lookingForRuns(services, tellingOfLoss(address, log.fault)));
  const closing = opened.move();
  return { isReady: services.isReady, close: () => closing.disposeAsync() };
}
