// Pictures of what was recorded: of its end alone, or with what threads did from moment to moment.
import { folds } from '../collector/folds';
import { Condenser } from '../model/condense';
import { emptyModel, noChanges, type Model } from '../model/facts/facts';
import { snapshotOf } from '../model/picture';
import { TrackLog } from '../model/trackLog';
import type { Snapshot } from '../protocol/picture';
import type { TracksLine } from '../protocol/tracks';
import { monotonicMicros } from '../transport/clock';
import { demandFewThreads, mostThreads } from './tooMany';
import type { Told } from './told';

/**
 * Between two lines of output so many characters of activity are read, for which an event of a life counts as so many: of
 * many threads that ended long ago nothing need be told then.
 */
const ACTIVITY_AT_ONCE = 2e6;
const CHARACTERS_AN_EVENT = 20;

/**
 * The picture of the end.
 * @param keepThreads how many ended threads are shown one by one
 */
export function pictureOf({ title, batches }: Told, keepThreads: number): Snapshot {
  const model = emptyModel();
  const condenser = new Condenser(model, keepThreads);
  let [damaged, heardOf] = [0, 0];
  for (const batch of batches) {
    damaged += batch.damaged;
    const changes = noChanges();
    for (const event of batch.events) {
      if (!folds(model, event, changes)) damaged++;
      else heardOf = Math.max(heardOf, event.t);
    }
    condenser.run(heardOf, changes);
    demandFewThreads(model, mostThreads(keepThreads));
  }
  condenser.finish(noChanges());
  return ofTheEnd(title, damaged, model);
}

const ofTheEnd = (title: string, damaged: number, model: Model): Snapshot =>
  snapshotOf(model, { title, now: monotonicMicros(), damaged, complete: true, notices: [] });

/** Tells what threads did from moment to moment, bit by bit as it is read, and returns the picture of the end. */
export function tellTracks({ title, batches }: Told, keepThreads: number, tell: (line: TracksLine) => void): Snapshot {
  const model = emptyModel(true);
  const condenser = new Condenser(model, keepThreads);
  const log = new TrackLog(model);
  let changes = noChanges();
  let [damaged, heardOf, read, before] = [0, 0, 0, 0];
  const pass = (share: number): void => {
    log.forget(changes.removed);
    const tracks = log.take(changes.threads, heardOf);
    changes = noChanges();
    read = 0;
    if (tracks) tell({ tracks, share });
  };
  for (const batch of batches) {
    damaged += batch.damaged;
    batch.events.forEach((event, i) => {
      if (!folds(model, event, changes)) damaged++;
      else heardOf = Math.max(heardOf, event.t);
      read += event.k === 'activity' ? event.records.length : CHARACTERS_AN_EVENT;
      if (read >= ACTIVITY_AT_ONCE || log.isFull(event.p))
        pass(before + ((batch.share - before) * i) / batch.events.length);
    });
    before = batch.share;
    condenser.run(heardOf, changes);
    demandFewThreads(model, mostThreads(keepThreads));
  }
  condenser.finish(changes);
  for (const { threads } of model.processes.values()) for (const { key } of threads.values()) changes.threads.add(key);
  pass(1);
  return ofTheEnd(title, damaged, model);
}
