// How many threads of a pool lived and were busy, for each pixel. Pure.
import { LEVELS, levelIn, TRACK_STATES, type SeenPool } from '../protocol/tracks';
import { BUSY } from './chunk';
import { eachPixel, type Tail, type View } from './pixels';
import type { Track } from './track';

const UNRESPONSIVE = TRACK_STATES.indexOf('unresponsive');
/** Parts of a thread in which the answer counts. */
const PARTS = 16;
const MOST = 0xffff;

/**
 * A thread is busy as far as its loop is, and while it does not turn.
 * @param most columns × threads that may be looked at: of more threads columns are looked at together
 */
export function seePool(key: string, tracks: [Track, Tail | undefined][], view: View, most: number): SeenPool {
  const together = Math.min(view.pixels, Math.max(1, Math.ceil((tracks.length * view.pixels) / most)));
  const columns = Math.ceil(view.pixels / together);
  const wide = {
    from: view.from,
    to: view.from + ((view.to - view.from) / view.pixels) * together * columns,
    pixels: columns,
  };
  const width = (wide.to - wide.from) / columns;
  const live = new Float64Array(columns);
  const busy = new Float64Array(columns);
  for (const [track, tail] of tracks) {
    eachPixel(track, wide, tail, {
      full: (first, end, code) => {
        const share = (code & 15) === UNRESPONSIVE ? 1 : levelIn(code) / LEVELS;
        for (let x = first; x < end; x++) {
          live[x] = live[x]! + 1;
          busy[x] = busy[x]! + share;
        }
      },
      mixed: (x, times) => {
        let lived = 0;
        for (let state = 1; state < BUSY; state++) lived += times[state]!;
        live[x] = live[x]! + lived / width;
        busy[x] = busy[x]! + (times[BUSY]! / LEVELS + times[UNRESPONSIVE]!) / width;
      },
    });
  }
  const spread = (of: Float64Array): Uint16Array => {
    const parts = new Uint16Array(view.pixels);
    for (let x = 0; x < view.pixels; x++) {
      parts[x] = Math.min(MOST, Math.round(of[Math.floor(x / together)]! * PARTS));
    }
    return parts;
  };
  return { key, live: spread(live), busy: spread(busy) };
}
