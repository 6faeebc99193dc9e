// Endings that somebody should look at: the map of the run and the lane of a pool mark them.
import type { EndedBy } from '../../../src/protocol/picture';

/** `unknown` too: a thread that ended abruptly, before anything could tell how, is one of those. */
export const GRAVE_ENDINGS: ReadonlySet<EndedBy> = new Set([
  'main-exit',
  'owner-exit',
  'error',
  'out-of-memory',
  'signal',
  'lost-contact',
  'unknown',
]);
