// What the host knows of the threads' time, in the bench: the index of the extension itself.
import type { Look, Seen, TracksDelta } from '../../../src/protocol/tracks';
import { Tracks as Index } from '../../../src/tracks/tracks';

export interface Tracks {
  take(delta: TracksDelta): void;
  see(look: Look): Seen;
}

const MIB = 1024 * 1024;
/** As much as a person may set it to: nothing is to be forgotten while it is measured. */
const MOST_MIB = 4096;

export function makeTracks(): Tracks {
  const index = new Index(MOST_MIB * MIB);
  return { take: (delta) => index.add(delta), see: (look) => index.see(look) };
}
