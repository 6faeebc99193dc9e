// The lines on which a thread waits, posts and was made to listen, as people see them. Pure.
import { PARENT_PORT, workerOfPort } from '../../protocol/activity';
import type { ThreadActivity } from '../../protocol/picture';
import type { Site } from '../../protocol/probeEvents';
import type { ActivityFacts } from '../facts/activityFacts';
import type { ProcessFacts, ThreadFacts } from '../facts/facts';

export const waitSite = ({ blocked, waitSites }: ActivityFacts): Site | undefined =>
  blocked && (blocked.wait?.at ?? waitSites.get(blocked.site));

/** Posts on ports whose other end is unknown are left out. */
export function callLines(
  process: ProcessFacts,
  thread: ThreadFacts,
  { resources, portSites, postSites, ends }: ActivityFacts,
): Pick<ThreadActivity, 'listens' | 'posts'> {
  const listens = (resources?.ports ?? []).flatMap((port) => portSites.get(port) ?? []);
  const idOf = (port: number): number | undefined =>
    port === PARENT_PORT ? thread.start?.tid : (workerOfPort(port) ?? ends.get(port)?.thread);
  const posts = postSites.flatMap(({ port, at, astray }) => {
    const id = astray ? undefined : idOf(port);
    return id === undefined ? [] : [{ to: `${process.key}:${id}`, at }];
  });
  return { ...(listens.length > 0 ? { listens } : {}), ...(posts.length > 0 ? { posts } : {}) };
}
