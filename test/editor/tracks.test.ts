// What the host keeps of what threads did, in a thread that runs inside VS Code; the rest of it is tested without one, in
// unit/sessions/trackStore.test.ts.
import assert from 'node:assert/strict';
import * as path from 'node:path';
import * as vscode from 'vscode';
import type { Snapshot } from '../../src/protocol/picture';
import { codeOf, stateIn, type Look, type Seen, type TrackChange } from '../../src/protocol/tracks';
import { SessionStore } from '../../src/sessions/stores/sessionStore';
import { TrackStore } from '../../src/sessions/stores/trackStore';
import { ROOT } from './support';

const THREAD = '1-1:0';
const TRACKS = path.join(ROOT, 'dist', 'tracks.js');
const LOOK: Look = { id: 1, from: 0, to: 1000, pixels: 10, threads: [THREAD], pools: [], messagesOf: [] };
const IDLE: TrackChange = { thread: THREAD, from: 100, starts: [0, 200], codes: [codeOf('starting'), codeOf('idle')], to: 600 }; // prettier-ignore
/** Of one thread, which lives. */
const SNAPSHOT = {
  title: 'Test',
  complete: false,
  now: 900,
  processes: [],
  threads: [{ key: THREAD, startedAt: 100 }],
} as unknown as Snapshot;

const inWords = (seen: Seen | undefined): string | undefined =>
  seen?.lanes
    .map(({ x, state }) => Array.from(x, (first, i) => `${first} ${stateIn(state[i]!)}`).join(', '))
    .join('; ');

describe('what the host keeps of what threads did', () => {
  let log: vscode.LogOutputChannel;
  let sessions: SessionStore;
  let tracks: TrackStore;
  beforeEach(() => {
    log = vscode.window.createOutputChannel('Tracks under test', { log: true });
    sessions = new SessionStore(vscode);
    tracks = new TrackStore(vscode, TRACKS, sessions, log);
    sessions.setSnapshot('a', SNAPSHOT);
  });
  afterEach(() => [tracks, sessions, log].forEach((part) => part.dispose()));

  it('answers what a view looks at, and claims nothing but life of what was not told yet', async () => {
    assert.equal(await tracks.see('a', LOOK), undefined, 'nothing is known');
    tracks.add('a', { tracks: [IDLE], messagesDropped: 0 });
    assert.equal(inWords(await tracks.see('a', LOOK)), '1 starting, 3 idle, 6 alive, 9 none');
    const measured = await tracks.measure('a', { id: 2, from: 0, to: 1000, threads: [THREAD] });
    assert.deepEqual(measured?.threads[0]?.times.slice(1, 5), [300, 300, 0, 200]);
    tracks.forget('a');
    assert.equal(await tracks.see('a', LOOK), undefined);
  });
});
