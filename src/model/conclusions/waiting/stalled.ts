// Places in stacks, and in which function a thread is that does not turn its loop. Pure.
import type { Site } from '../../../protocol/probeEvents';
import type { ThreadFacts } from '../../facts/facts';
import { isInLibrary, siteText } from '../../facts/sites';
import { unturnedSince } from '../tasks';

/** Where the function begins; undefined where that is not known of the time since its loop last turned. */
export const stalledIn = (thread: ThreadFacts): Site | undefined => ownPlace(stallOf(thread)?.frames ?? []);

/** The call of the system that it slept in, such as "open /tmp/pipe"; undefined where it was not seen to. */
export function stalledCall(thread: ThreadFacts): string | undefined {
  const { sleeps, within } = stallOf(thread) ?? {};
  return sleeps ? within : undefined;
}

function stallOf(thread: ThreadFacts): ThreadFacts['stalledIn'] {
  const since = unturnedSince(thread);
  const { stalledIn: told } = thread;
  return since !== undefined && told && told.t > since ? told : undefined;
}

/** The innermost that a person can open, outside of packages where there is one. */
export const ownPlace = (frames: readonly Site[]): Site | undefined =>
  frames.find((site) => isOnDisk(site) && !isInLibrary(site)) ?? frames.find(isOnDisk) ?? frames[0];

const isOnDisk = ({ file }: Site): boolean => /^(\/|[a-z]:[\\/])/i.test(file);

/** With the name of the function, where it has one. */
export const placeText = (site: Site): string =>
  site.function ? `${site.function} (${siteText(site)})` : siteText(site);
