// Pictures that the model draws of told events, as the adapter would send them.
import { emptyModel, fold, noChanges } from '../../src/model/facts/facts';
import { deltaOf, snapshotOf, verdicts, type Around } from '../../src/model/picture';
import type { Delta, Snapshot } from '../../src/protocol/picture';
import type { LifecycleEvent } from '../../src/protocol/probeEvents';

/** One session: what is told of it, and the pictures of that up to now. */
export class ToldSession {
  private readonly model = emptyModel();
  private changes = noChanges();
  private sentRevision = 0;

  constructor(private readonly around: Partial<Around> = {}) {}

  tell(events: Iterable<LifecycleEvent>): this {
    for (const event of events) fold(this.model, event, this.changes);
    return this;
  }

  snapshot(around: Partial<Around> = {}): Snapshot {
    this.sentRevision = this.model.revision;
    this.changes = noChanges();
    return snapshotOf(this.model, this.all(around));
  }

  /** What changed since the picture before. */
  delta(around: Partial<Around> = {}): Delta {
    const all = this.all(around);
    const { pools, findings } = verdicts(this.model, all.now);
    const delta = { ...deltaOf(this.model, this.changes, this.sentRevision, all), pools, findings };
    this.sentRevision = this.model.revision;
    this.changes = noChanges();
    return delta;
  }

  private all(around: Partial<Around>): Around {
    return { title: 'main.js', now: 0, damaged: 0, complete: false, notices: [], ...this.around, ...around };
  }
}
