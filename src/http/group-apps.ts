import type { OpenAPIHono } from '@hono/zod-openapi';
import type { MiddlewareHandler } from 'hono';
import type { GroupEnv } from './token-guard.ts';

type App = Pick<OpenAPIHono, 'fetch'>;

/** What a group's routes find in `context.env`, beside what the server puts there. */
export interface GroupBindings {
  /** Whether the request would be let in now as well: a reply that goes on asks again. */
  isStillIn?: (() => Promise<boolean>) | undefined;
  /** The group's name, where there are others. */
  groupName?: string | null;
}

/**
 * Hands each request that was let in to the routes of its own group. They are made once for each group, on that
 * group's service alone, so that no handler can reach another's.
 * @param appOf makes a group's routes; tried again with the next request where it fails
 */
export function handToGroup(appOf: (group: number) => Promise<App>): MiddlewareHandler<GroupEnv> {
  const apps = new Map<number, Promise<App>>();

  async function make(group: number): Promise<App> {
    try {
      return await appOf(group);
    } catch (error) {
      apps.delete(group);
      throw error;
    }
  }

  return async (context) => {
    const group = context.get('group');
    if (group === undefined) return context.notFound();
    // The promise is kept, not what it brings: two requests at once must not open a service twice.
    const app = apps.get(group.id) ?? make(group.id);
    apps.set(group.id, app);
    const isStillIn = context.get('isStillIn');
    const env: GroupBindings = { ...context.env, isStillIn, groupName: group.name };
    return (await app).fetch(context.req.raw, env);
  };
}
