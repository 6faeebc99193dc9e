// Where in the program a thread waits, at a cost that it does not notice.
import type { Site } from '../../protocol/probeEvents';
import { now } from './builtins';
import { callSite, isSame } from './callSite';
import type { Spool } from './spool';

/** So many µs of a thread's life earn one of looking at its stack: 1 % of its time at most. */
const EARNS = 100;
/** µs that can be saved up: who is woken and waits again at once, as locks do, is still seen. */
const MOST_CREDIT = 1000;
/** The least that a look is taken to cost, in µs: the clock's own step is one. */
const LEAST_COST = 10;
/** Places that are told of one thread; there is room for 65 535 in a record. */
const MOST_SITES = 64;

export class WaitSites {
  private readonly sites: Site[] = [];
  /** µs. */
  private credit = MOST_CREDIT;
  private earnedUntil = now();

  constructor(private readonly spool: Spool) {}

  /** Number of the place that is about to wait, from 1, which is told before; 0: not known. Never throws. */
  here(): number {
    const begun = now();
    const earned = this.credit + (begun - this.earnedUntil) / EARNS;
    this.credit = earned < MOST_CREDIT ? earned : MOST_CREDIT;
    this.earnedUntil = begun;
    if (this.credit <= 0) return 0;
    try {
      const at = callSite();
      return at ? this.numberOf(at) : 0;
    } catch (error) {
      this.spool.problem('wait-site', error);
      return 0;
    } finally {
      const cost = now() - begun;
      this.credit -= cost > LEAST_COST ? cost : LEAST_COST;
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
