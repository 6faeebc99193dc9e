// What a thread did before the place was lost in which that was kept.
import assert from 'node:assert/strict';
import type { Snapshot } from '../../../src/protocol/picture';
import { stateIn } from '../../../src/protocol/tracks';
import { gapsOf } from '../../../src/sessions/stores/lostTracks';
import { Tracks } from '../../../src/tracks/tracks';

describe('tracks that were lost', () => {
  it('are a gap while their threads lived, and what is told from then on is as it is', () => {
    const threads = [
      { key: '1-1:0', startedAt: 100 },
      { key: '1-1:1', startedAt: 200, ended: { t: 400 } },
    ] as Snapshot['threads'];
    const tracks = new Tracks(1e12);
    tracks.add({ tracks: gapsOf({ threads, now: 800 }), messagesDropped: 0 });
    tracks.add({ tracks: [{ thread: '1-1:0', from: 700, starts: [0], codes: [2], to: 1000 }], messagesDropped: 0 });
    const keys = ['1-1:0', '1-1:1'];
    const { lanes } = tracks.see({ id: 1, from: 0, to: 1000, pixels: 10, threads: keys, pools: [], messagesOf: [] });
    const words = lanes.map(({ x, state }) => Array.from(x, (first, i) => `${first} ${stateIn(state[i]!)}`).join(', '));
    assert.deepEqual(words, ['1 gap, 7 idle', '2 gap, 4 none']);
  });
});
