// One event into the model, where one that nobody foresaw must cost itself and nothing else.
import { fold, type Changes, type Model } from '../model/facts/facts';
import type { LifecycleEvent } from '../protocol/probeEvents';

/** False when it cannot be folded: it counts as damaged then. */
export function folds(model: Model, event: LifecycleEvent, changes: Changes): boolean {
  try {
    fold(model, event, changes);
    return true;
  } catch {
    return false;
  }
}
