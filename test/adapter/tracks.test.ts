// What a real program's threads do from moment to moment, from the built adapter through the thread that keeps it to what
// a view is answered; and the same of its recording, as the editor reads it.
import assert from 'node:assert/strict';
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { Dap } from '../../src/protocol/adapterEvents';
import type { Snapshot, ThreadPicture } from '../../src/protocol/picture';
import {
  TRACK_STATES,
  type Look,
  type SnapshotLine,
  type TracksDelta,
  type TrackState,
} from '../../src/protocol/tracks';
import { DapClient } from '../support/dapClient';
import { TracksClient } from '../support/tracksClient';

const QUESTIONS = 8;
/** Computes in bursts of 0.25 s, each for a question; then has nothing to do for some seconds; waits 0.3 s; and is done. */
const WORKER = `
const { parentPort } = require('node:worker_threads');
parentPort.on('message', (what) => {
  if (what === 'compute') {
    const until = performance.now() + 250;
    while (performance.now() < until);
    return parentPort.postMessage('done');
  }
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 300);
  parentPort.close();
});
`;
const PROGRAM = `
const { Worker } = require('node:worker_threads');
const worker = new Worker(${JSON.stringify(WORKER)}, { eval: true, name: 'worker' });
let left = ${QUESTIONS};
worker.on('message', () => {
  if (--left > 0) worker.postMessage('compute');
  else setTimeout(() => worker.postMessage('end'), 3000);
});
worker.postMessage('compute');
`;
const SECOND = 1e6;

describe('what threads did', () => {
  let folder: string;
  let client: DapClient;
  let program: ChildProcess | undefined;
  const opened: TracksClient[] = [];

  beforeEach(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'lifelines tracks '));
    client = new DapClient(path.resolve('dist/adapter.js'));
    client.startChild = ({ program: file, cwd, env }) => {
      const options = { cwd: cwd as string, env: { ...process.env, ...(env as object) }, stdio: 'ignore' } as const;
      program = spawn(process.execPath, [file as string], options);
    };
  });
  afterEach(async () => {
    program?.kill('SIGKILL');
    client.process.kill('SIGKILL');
    await client.exited;
    await Promise.all(opened.splice(0).map((one) => one.close()));
    fs.rmSync(folder, { recursive: true, force: true });
  });

  const kept = (deltas: TracksDelta[]): TracksClient => {
    const tracks = new TracksClient();
    opened.push(tracks);
    for (const delta of deltas) tracks.add(delta);
    return tracks;
  };

  /** Of the program above, from its first moment to its last. */
  async function ran(): Promise<{ live: TracksDelta[]; snapshot: Snapshot; recording: string }> {
    fs.writeFileSync(path.join(folder, 'main.js'), PROGRAM);
    const storage = path.join(folder, 'storage');
    await client.initialize();
    await client.request('launch', {
      name: 'Test',
      program: path.join(folder, 'main.js'),
      cwd: folder,
      __storage: storage,
    });
    await client.event('terminated');
    const snapshot = (await client.request(Dap.getSnapshot)).body as Snapshot;
    const live = client.events.filter(({ event }) => event === Dap.tracks).map(({ body }) => body as TracksDelta);
    const [file] = fs.readdirSync(path.join(storage, 'recordings'));
    return { live, snapshot, recording: path.join(storage, 'recordings', file!) };
  }

  it('is told while it happens, makes sense, and is the same in the recording', async () => {
    const { live, snapshot, recording } = await ran();
    const [main, worker] = snapshot.threads as [ThreadPicture, ThreadPicture];
    const middle = (main.startedAt + main.ended!.t) / 2;
    const early = live.filter(({ tracks: changes }) => changes.length > 0 && changes.every(({ to }) => to < middle));
    assert.ok(early.length > 1, 'bit by bit');
    const tracks = kept(live);
    const threads = [main.key, worker.key];
    const all = { id: 1, from: main.startedAt, to: main.ended!.t, threads };

    const measured = await tracks.measure(all);
    const [ofMain, ofWorker] = measured!.threads;
    const time = (state: TrackState): number => ofWorker!.times[TRACK_STATES.indexOf(state)]! / SECOND;
    assert.ok(time('starting') > 0);
    // On a machine that has no time for it a thread that computes does stand still for long.
    const busy = time('running') + time('unresponsive');
    assert.ok(busy >= 1, `${busy} s running`);
    assert.ok(time('idle') >= 1, `${time('idle')} s idle`);
    assert.ok(time('blocked') >= 0.29, `${time('blocked')} s blocked`);
    assert.equal(time('gap') + time('paused'), 0);
    const life = (worker.ended!.t - worker.startedAt) / SECOND;
    const sum = ofWorker!.times.slice(1).reduce((a, b) => a + b, 0) / SECOND;
    assert.ok(Math.abs(sum - life) < 1e-4, `${sum} s of ${life} s`);
    assert.deepEqual([ofMain!.posted, ofMain!.received], [QUESTIONS + 1, QUESTIONS]);
    assert.deepEqual([ofWorker!.posted, ofWorker!.received], [QUESTIONS, QUESTIONS + 1]);

    const look: Look = { ...all, pixels: 1000, pools: [{ key: 'pool', threads: [worker.key] }], messagesOf: threads };
    const seen = await tracks.see(look);
    const { posted, received, more } = seen!.messages!;
    assert.equal(more, 0);
    assert.ok(posted.every((t, i) => received[i]! >= t && received[i]! - t < 5 * SECOND));

    const { stdout, stderr } = spawnSync(process.execPath, ['dist/cli.js', 'report', recording, '--snapshot'], { encoding: 'utf8', maxBuffer: 1 << 28 }); // prettier-ignore
    assert.equal(stderr, '');
    const lines = stdout.trimEnd().split('\n').map((line) => JSON.parse(line) as SnapshotLine); // prettier-ignore
    const again = kept(lines.flatMap((line) => ('tracks' in line ? [line.tracks] : [])));
    assert.deepEqual(await again.measure(all), measured);
    assert.deepEqual(await again.see(look), seen);
    assert.ok('snapshot' in lines.at(-1)!, 'the picture comes last');
  });
});
