// Messages that were posted where nobody was any more: to a thread whose end had been heard of, or on a closed port. Pure.
import { workerOfPort } from '../../../protocol/activity';
import type { Site } from '../../../protocol/probeEvents';
import type { ProcessFacts, ThreadFacts } from '../../facts/facts';

export interface StrayMail {
  count: number;
  /** When the first and the last of them were posted, in µs. */
  first: number;
  last: number;
  /** Lines that posted them, the first of them first, as far as they are known. */
  lines: Site[];
  /** Lines that had posted on that port before. */
  before: Site[];
  /** The thread that had ended; absent for a port. */
  to?: ThreadFacts;
}

/** By port; without threads that ended so long ago that they are kept no more. */
export function strayMail(process: ProcessFacts, { activity }: ThreadFacts): StrayMail[] {
  const found: StrayMail[] = [];
  for (const [port, { astray }] of activity?.ports ?? []) {
    const worker = workerOfPort(port);
    const to = worker === undefined ? undefined : process.threads.get(worker);
    if (astray.count === 0 || (worker !== undefined && !to)) continue;
    const sites = activity!.postSites.filter((site) => site.port === port);
    found.push({
      ...astray,
      lines: sites.filter((site) => site.astray).map(({ at }) => at),
      before: sites.filter((site) => !site.astray).map(({ at }) => at),
      ...(to ? { to } : {}),
    });
  }
  return found;
}
