// The placeholder for what threads did, where that is lost. Pure.
import type { Snapshot } from '../../protocol/picture';
import { codeOf, type TracksDelta } from '../../protocol/tracks';

/** A gap from the start of each thread to its end, or to now: that they lived is known, and nothing else. */
export function gapsOf({ threads, now }: Pick<Snapshot, 'threads' | 'now'>): TracksDelta['tracks'] {
  return threads.map(({ key, startedAt, ended }) => ({
    thread: key,
    from: startedAt,
    starts: [0],
    codes: [codeOf('gap')],
    to: Math.max(startedAt, ended?.t ?? now),
  }));
}
