// A client may start a child session with the adapter of its parent, whatever type the configuration names (Helix, dape).
// Ours would be started again with the configuration that it made for js-debug, and once more by that, without end.
import { SPOOL_VARIABLE } from '../protocol/spool';
import type { LaunchOptions } from '../protocol/adapterEvents';
import { isFollowed } from '../transport/spool/spool';

/**
 * The spool of the adapter that asked for this launch, when it was one of ours. Told by the spool, which clients hand on,
 * and not by the type, which some replace. One that nobody follows was set by a person, from `thread-lifelines env`.
 */
export function spoolOfParent({ env }: LaunchOptions): string | undefined {
  const spool = env?.[SPOOL_VARIABLE];
  return spool && isFollowed(spool) ? spool : undefined;
}
