// The lines on which a thread waits, posts and was made to listen. Pure.
import { PARENT_PORT, workerOfPort } from '../../protocol/activity';
import type { ThreadActivity } from '../../protocol/picture';
import type { PostSite, Site, WaitSite } from '../../protocol/probeEvents';
import { remember, type ActivityFacts } from '../facts/activity';
import type { ProcessFacts, ThreadFacts } from '../facts/facts';

/** Of one thread. */
const MOST_POST_SITES = 256;

export function foldCallLine(facts: ActivityFacts, event: PostSite | WaitSite): void {
  if (event.k === 'wait-site') remember(facts.waitSites, event.site, event.at);
  else if (facts.postSites.length < MOST_POST_SITES) {
    facts.postSites.push(event);
    facts.postSites.sort((a, b) => a.q - b.q); // in the order in which they were told, whenever they are heard
  }
}

export const waitSite = ({ blocked, waitSites }: ActivityFacts): Site | undefined =>
  blocked && waitSites.get(blocked.site);

/** Posts on ports of which it is not known where they lead are left out. */
export function callLines(
  process: ProcessFacts,
  thread: ThreadFacts,
  { resources, portSites, postSites, ends }: ActivityFacts,
): Pick<ThreadActivity, 'listens' | 'posts'> {
  const listens = (resources?.ports ?? []).flatMap((port) => portSites.get(port) ?? []);
  const idOf = (port: number): number | undefined =>
    port === PARENT_PORT ? thread.start?.tid : (workerOfPort(port) ?? ends.get(port)?.thread);
  const posts = postSites.flatMap(({ port, at }) => {
    const id = idOf(port);
    return id === undefined ? [] : [{ to: `${process.key}:${id}`, at }];
  });
  return { ...(listens.length > 0 ? { listens } : {}), ...(posts.length > 0 ? { posts } : {}) };
}
