// What the host knows of the threads' time, in the bench: nothing yet, as no view asks.
import type { Look, Seen, TracksDelta } from '../../../src/protocol/tracks';

export interface Tracks {
  take(delta: TracksDelta): void;
  see(look: Look): Seen;
}

export const makeTracks = (): Tracks | undefined => undefined;
