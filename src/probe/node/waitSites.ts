// Where in the program a thread waits, at a cost that it does not notice.
import type { Site } from '../../protocol/probeEvents';
import { now } from './builtins';
import { callSite, isSame } from './callSite';
import type { Spool } from './spool';

/** After a look at the stack none is taken for so many times as long as it took: 1 % of the thread's time at most. */
const REST = 100;
/** The least that a look is taken to cost, in µs: the clock's own step is one. */
const LEAST_COST = 10;
/** Places that are told of one thread; there is room for 65 535 in a record. */
const MOST_SITES = 64;

export class WaitSites {
  private readonly sites: Site[] = [];
  private restsUntil = 0;

  constructor(private readonly spool: Spool) {}

  /** Number of the place that is about to wait, from 1, which is told before; 0: not known. Never throws. */
  here(): number {
    const begun = now();
    if (begun < this.restsUntil) return 0;
    try {
      const at = callSite();
      return at ? this.numberOf(at) : 0;
    } catch (error) {
      this.spool.problem('wait-site', error);
      return 0;
    } finally {
      const cost = now() - begun;
      this.restsUntil = begun + (cost > LEAST_COST ? cost : LEAST_COST) * REST;
    }
  }

  private numberOf(at: Site): number {
    const { sites } = this;
    for (let i = 0; i < sites.length; i++) if (isSame(sites[i]!, at)) return i + 1;
    if (sites.length >= MOST_SITES) return 0;
    sites[sites.length] = at;
    this.spool.tell('wait-site', { site: sites.length, at });
    return sites.length;
  }
}
