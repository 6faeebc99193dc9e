// Where in the program a thread waits.
import type { Site } from '../../../protocol/probeEvents';
import { Budget } from './budget';
import { isSame } from '../tools/callers';
import { callSite } from '../tools/callSite';
import type { Spool } from '../spool/spool';

/** Places that are told of one thread; there is room for 65 535 in a record. */
const MOST_SITES = 64;

export class WaitSites {
  private readonly sites: Site[] = [];
  private readonly budget: Budget;
  private found = 0;

  constructor(private readonly spool: Spool) {
    this.budget = new Budget((error) => spool.problem('wait-site', error));
  }

  /** Number of the place that is about to wait, from 1, which is told before; 0: not known. Never throws. */
  here(): number {
    this.found = 0;
    this.budget.spend(this.look);
    return this.found;
  }

  private readonly look = (): void => {
    const at = callSite();
    if (at) this.found = this.numberOf(at);
  };

  /** As above, of a place that is known. */
  numberOf(at: Site): number {
    const { sites } = this;
    for (let i = 0; i < sites.length; i++) if (isSame(sites[i]!, at)) return i + 1;
    if (sites.length >= MOST_SITES) return 0;
    sites[sites.length] = at;
    this.spool.tell('wait-site', { site: sites.length, at });
    return sites.length;
  }
}
