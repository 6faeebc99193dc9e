// Work of the probe that a thread pays for before it waits, at a cost that it does not notice.
import { now } from '../tools/builtins';

/** So many µs of a thread's life earn one of such work: 1 % of its time at most. */
const EARNS = 100;
/** µs that can be saved up: who is woken and waits again at once, as locks do, is still seen. */
const MOST_CREDIT = 1000;
/** The least that work is taken to cost, in µs: the clock's own step is one. */
const LEAST_COST = 10;
/** And the most: the first time code runs, and while another thread has the processor, it takes long for once. */
const MOST_COST = 250;

export class Budget {
  /** µs. The last work may have cost more than there was. */
  private credit = MOST_CREDIT;
  private earnedUntil = now();

  constructor(private readonly failed: (error: unknown) => void) {}

  /** Does it where there is something left, and pays for it. Never throws. */
  spend(work: () => void): void {
    const begun = now();
    const earned = this.credit + (begun - this.earnedUntil) / EARNS;
    this.credit = earned < MOST_CREDIT ? earned : MOST_CREDIT;
    this.earnedUntil = begun;
    if (this.credit <= 0) return;
    try {
      work();
    } catch (error) {
      this.failed(error);
    } finally {
      const cost = now() - begun;
      this.credit -= cost < LEAST_COST ? LEAST_COST : cost > MOST_COST ? MOST_COST : cost;
    }
  }
}
