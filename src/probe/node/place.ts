// Where this process writes, and whether this thread is to be observed at all.
import { channel, subscribe } from 'diagnostics_channel';
import { resolve } from 'path';
import { getEnvironmentData, isMainThread, setEnvironmentData } from 'worker_threads';
import { SPOOL_SUFFIX, SPOOL_VARIABLE } from '../../protocol/probeEvents';
import { now } from './builtins';

/** Key of what main hands down to all its workers, also to those that get an environment of their own. */
const HANDED_DOWN = 'thread-lifelines';
/** A channel that nobody publishes to: having a subscriber there marks the thread as observed. */
const OBSERVED = 'thread-lifelines.observed';

export interface Place {
  /** Process key. */
  p: string;
  file: string;
}

/** Undefined when the thread is not to be observed, or is already (the probe may be loaded from two places). */
export function claimPlace(): Place | undefined {
  if (channel(OBSERVED).hasSubscribers) return undefined;
  const place = isMainThread ? placeOfProcess() : (getEnvironmentData(HANDED_DOWN) as Place | undefined);
  if (place) subscribe(OBSERVED, () => undefined);
  return place;
}

function placeOfProcess(): Place | undefined {
  const folder = process.env[SPOOL_VARIABLE];
  if (!folder) return undefined;
  const p = `${process.pid}-${now()}`;
  const place = { p, file: resolve(folder, p + SPOOL_SUFFIX) };
  setEnvironmentData(HANDED_DOWN, place);
  return place;
}
