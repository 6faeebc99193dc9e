// What the host keeps of what threads did, with the built thread that keeps it.
import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import type * as vscode from 'vscode';
import { codeOf, stateIn, type Look, type Seen, type TrackChange, type TrackState } from '../../../src/protocol/tracks';
import { SessionStore } from '../../../src/sessions/stores/sessionStore';
import { TrackStore } from '../../../src/sessions/stores/trackStore';
import { Story } from '../../support/events';
import { EventEmitter, KeptLog, heard } from '../../support/hostApi';
import { ToldSession } from '../../support/told';

const TRACKS = path.resolve('dist/tracks.js');
const story = new Story().begin(100);
const THREAD = story.key(0);
const LOOK: Look = { id: 1, from: 0, to: 1000, pixels: 10, threads: [THREAD], pools: [], messagesOf: [] };
/** As the wire between the host and its thread asks; the failing script dies of it. */
const FATAL_LOOK = 13;
const SCRIPT_THAT_FAILS = `
require(${JSON.stringify(TRACKS)});
require('node:worker_threads').parentPort.on('message', ({ look }) => {
  if (look?.id === ${FATAL_LOOK}) throw new Error('failed');
});`;

/** One thread is in `state` from one moment to another. */
const track = (from: number, to: number, state: TrackState = 'idle'): TrackChange => ({
  thread: THREAD,
  from,
  starts: [0],
  codes: [codeOf(state)],
  to,
});
const workspace = { getConfiguration: () => ({ get: (_: string, otherwise: unknown) => otherwise }) };
const api = { EventEmitter, workspace } as unknown as Pick<typeof vscode, 'EventEmitter' | 'workspace'>;

const inWords = (seen: Seen | undefined): string | undefined =>
  seen?.lanes
    .map(({ x, state }) => Array.from(x, (first, i) => `${first} ${stateIn(state[i]!)}`).join(', '))
    .join('; ');

describe('what the host keeps of what threads did', () => {
  let folder: string;
  let failing: string;
  let log: KeptLog;
  let sessions: SessionStore;
  let tracks: TrackStore;
  const begin = (script: string): void => {
    log = new KeptLog();
    sessions = new SessionStore(api);
    tracks = new TrackStore(api, script, sessions, log);
    sessions.setSnapshot('a', new ToldSession({ now: 900 }).tell(story.events).snapshot());
  };
  const add = (...changes: TrackChange[]): void => tracks.add('a', { tracks: changes, messagesDropped: 0 });
  /** The thread is asked until it has failed. */
  const fail = async (session = 'a'): Promise<void> => {
    while ((await tracks.see(session, { ...LOOK, id: FATAL_LOOK })) !== undefined);
  };

  before(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'lifelines-tracks-'));
    failing = path.join(folder, 'failing.js');
    fs.writeFileSync(failing, SCRIPT_THAT_FAILS);
  });
  after(() => fs.rmSync(folder, { recursive: true, force: true }));
  afterEach(() => [tracks, sessions].forEach((part) => part.dispose()));

  it('is nothing before anything was told, and each addition is announced with its session', async () => {
    begin(TRACKS);
    const changed = heard(tracks.onDidChange);
    assert.equal(await tracks.see('a', LOOK), undefined);
    assert.equal(await tracks.measure('a', { id: 1, from: 0, to: 1000, threads: [THREAD] }), undefined);
    add(track(100, 600));
    assert.deepEqual(changed, ['a']);
    assert.equal(await tracks.see('b', LOOK), undefined, 'of another session');
  });

  it('ends at now with nothing but life while its session lives, and where it was told once that is over', async () => {
    begin(TRACKS);
    add(track(100, 600));
    assert.equal(inWords(await tracks.see('a', LOOK)), '1 idle, 6 alive, 9 none');
    sessions.setSnapshot('a', new ToldSession({ now: 900, complete: true }).tell(story.events).snapshot());
    assert.equal(inWords(await tracks.see('a', LOOK)), '1 idle, 6 none');
  });

  it('gives each question its own answer, however many are asked at once', async () => {
    begin(TRACKS);
    add(track(100, 600));
    const [first, measured, second] = await Promise.all([
      tracks.see('a', { ...LOOK, id: 1 }),
      tracks.measure('a', { id: 2, from: 0, to: 1000, threads: [THREAD] }),
      tracks.see('a', { ...LOOK, id: 3, pixels: 5 }),
    ]);
    assert.deepEqual([first?.id, measured?.id, second?.id, second?.pixels], [1, 2, 3, 5]);
    assert.equal(measured!.threads[0]!.times[codeOf('idle')], 500);
  });

  it('goes with the session that the window forgets', async () => {
    begin(TRACKS);
    add(track(100, 600));
    sessions.lose('a');
    for (const id of ['b', 'c', 'd', 'e', 'f']) sessions.setSnapshot(id, new ToldSession().snapshot());
    assert.equal(sessions.get('a'), undefined);
    assert.equal(await tracks.see('a', LOOK), undefined);
  });

  it('is a gap where its thread failed, and goes on from there; who waited for an answer gets none', async () => {
    begin(failing);
    add(track(100, 600));
    await fail();
    assert.match(log.lines.join('\n'), /^error: What threads did so far is lost: failed$/);
    assert.equal(await tracks.see('a', LOOK), undefined, 'until more is told');
    add(track(700, 800));
    assert.equal(inWords(await tracks.see('a', LOOK)), '1 gap, 7 idle, 8 alive, 9 none');
    add(track(800, 850, 'running'));
    assert.equal(inWords(await tracks.see('a', LOOK)), '1 gap, 7 idle, 8 running, 9 none', 'the gap is added once');
  });

  it('has no gap for a session that was forgotten before its thread failed', async () => {
    begin(failing);
    add(track(100, 600));
    tracks.forget('a');
    tracks.add('b', { tracks: [], messagesDropped: 0 });
    await fail('b');
    add(track(700, 800));
    assert.equal(inWords(await tracks.see('a', LOOK)), '7 idle, 8 alive, 9 none');
  });

  it('leaves nobody waiting when the window closes', async () => {
    begin(TRACKS);
    add(track(100, 600));
    const open = tracks.see('a', LOOK);
    tracks.dispose();
    assert.equal(await open, undefined);
  });
});
