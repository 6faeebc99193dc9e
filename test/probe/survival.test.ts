// What is told survives whatever happens to the program: SIGKILL, a full disk, no file descriptors.
import '../support/given';
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { Spool } from '../../src/probe/node/spool/spool';
import { ACTIVITY_VARIABLE, SPOOL_VARIABLE } from '../../src/protocol/spool';
import { SpoolReader } from '../../src/transport/spool/spoolReader';
import { Random } from '../fuzz/random';
import { killable, killedAnywhere } from '../support/kills';
import { onEach } from '../support/onEach';
import { probeEnvironment } from '../../src/transport/probes/node/environment';
import { pictureOf, runBare, runObserved } from '../support/runProgram';
import { NODE, PROBE, program } from '../support/runtimes/node';

/** As many, and from this seed, as `npm run kills` is told. */
const FEW_KILLS = 20;
const KILLS = Number(process.env['KILL_COUNT'] ?? FEW_KILLS);
const KILL_SEED = Number(process.env['KILL_SEED'] ?? 1);

let folder: string;
before(() => (folder = fs.mkdtempSync(path.join(os.tmpdir(), 'lifelines-survival-'))));
after(() => fs.rmSync(folder, { recursive: true }));

onEach(NODE, 'a program whose probe lost its other parts, as in an update of the editor', (node) => {
  const runsTheSame = async (left: string[]): Promise<void> => {
    const probe = path.join(fs.mkdtempSync(path.join(folder, 'probe-')), 'probe.js');
    for (const name of left)
      fs.copyFileSync(path.join(path.dirname(PROBE), name), path.join(path.dirname(probe), name));
    const spool = fs.mkdtempSync(path.join(folder, 'spool-'));
    const env = probeEnvironment(probe, spool, '');
    const outcome = await runBare(node(), program('nested.js'), { env: { ...env } });
    const bare = await runBare(node(), program('nested.js'));
    assert.deepEqual({ ...outcome, pid: 0 }, { ...bare, pid: 0 });
    const told = new SpoolReader(spool).readRest().events.map((event) => event.k);
    assert.deepEqual(told, ['process-start', 'probe-error', 'exiting', 'exited']);
  };
  it('runs the same, and one event says so', () => runsTheSame(['probe.js', 'probe.base.js']));
  it('runs the same, and one event says so, also where only the first is left', () => runsTheSame(['probe.js']));
});

onEach(NODE, 'a program that is killed by SIGKILL at any moment', (node, line) => {
  it('has told all that it knew, in whole lines, and no ending says otherwise', async function () {
    const only = process.env['KILL_NODE'];
    if (only && only !== String(line)) this.skip(); // `npm run kills -- --node` wants another line
    this.timeout(60_000 + KILLS * 10_000);
    const file = killable(folder);
    const random = new Random(KILL_SEED);
    let said = 0;
    for (let i = 0; i < KILLS; i++) {
      const { said: count, ...kill } = await killedAnywhere(node(), file, () => random.next());
      assert.deepEqual(kill, { notRecorded: [], wrong: [], damaged: 0 }, `kill ${i} of seed ${KILL_SEED}`);
      said += count;
    }
    if (KILLS > FEW_KILLS) console.log(`      ${KILLS} kills, seed ${KILL_SEED}: ${said} facts, none lost`);
    assert.ok(said > KILLS);
  });
});

onEach(NODE, 'a program without a free file descriptor', (node) => {
  it('runs the same, and its records are written when there is one again', async function () {
    if (process.platform === 'win32') this.skip(); // there is no such limit to set
    const file = path.join(folder, 'descriptors.js');
    fs.writeFileSync(
      file,
      `
      const fs = require('node:fs');
      const { Worker } = require('node:worker_threads');
      const late = new Worker('setInterval(() => {}, 1000)', { eval: true });
      // A thread that starts while there is none cannot read what --require names, with whatever that is.
      late.once('online', () => new Worker('0', { eval: true }).once('exit', () => {
        const taken = [];
        try { for (;;) taken.push(fs.openSync('/dev/null')); } catch (error) { console.log(error.code); }
        late.unref(); // told while no file can be opened
        for (const fd of taken) fs.closeSync(fd);
        late.ref(); // and this with it
        late.terminate();
      }));
      `,
    );
    const limited = path.join(folder, 'limited.sh');
    fs.writeFileSync(limited, `#!/bin/sh\nulimit -n 64\nexec "$@"\n`, { mode: 0o755 });
    const observed = await runObserved({ runtime: NODE, path: limited }, file, { args: [node().path] });
    assert.equal(observed.stdout, 'EMFILE\n');
    assert.equal(observed.stderr, '');
    const { processes, threads } = pictureOf(observed);
    assert.equal(processes[0]?.lost, 0);
    assert.ok(threads.some((thread) => thread.refs.length === 3 && thread.ended?.by === 'terminate'));
  });

  it('at its first worker: it says so, and sees the next one', async function () {
    if (process.platform === 'win32') this.skip(); // there is no such limit to set
    const file = path.join(folder, 'first.js');
    fs.writeFileSync(
      file,
      `
      const fs = require('node:fs');
      const { Worker } = require('node:worker_threads');
      const taken = [];
      try { for (;;) taken.push(fs.openSync('/dev/null')); } catch { }
      const starved = new Worker('0', { eval: true });
      starved.on('error', () => {});
      starved.on('exit', () => {
        for (const fd of taken) fs.closeSync(fd);
        new Worker('0', { eval: true }).on('exit', () => console.log('done'));
      });
      `,
    );
    const limited = path.join(folder, 'limited.sh');
    fs.writeFileSync(limited, `#!/bin/sh\nulimit -n 64\nexec "$@"\n`, { mode: 0o755 });
    const observed = await runObserved({ runtime: NODE, path: limited }, file, { args: [node().path] });
    assert.deepEqual([observed.code, observed.stdout, observed.stderr], [0, 'done\n', '']);
    const { processes, threads } = pictureOf(observed);
    assert.match(processes[0]!.problems.join(), /start: EMFILE/);
    assert.equal(processes[0]!.unwritten, true);
    assert.deepEqual(
      threads.filter(({ kind }) => kind === 'worker').map(({ ended }) => ended?.by),
      ['returned'],
    );
  });
});

/** More than 4 KiB can be told of it. */
function fewShort(): string {
  const file = path.join(folder, 'fewShort.js');
  const source = `
    const { Worker } = require('node:worker_threads');
    const next = (left) => left > 0
      ? new Worker('0', { eval: true, name: 'x'.repeat(200) }).once('exit', () => next(left - 1))
      : console.log('all');
    next(12);
  `;
  fs.writeFileSync(file, source);
  return file;
}

onEach(NODE, 'a program whose spool is on a full disk', (node) => {
  const disk = (): string => path.join(folder, 'small disk');

  before(function () {
    fs.mkdirSync(disk(), { recursive: true });
    const { status } = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=4k', 'tmpfs', disk()]);
    if (status !== 0) this.skip(); // making a small disk takes root on Linux
  });
  after(() => spawnSync('umount', [disk()]));

  it('runs the same, and what is missing is counted', async () => {
    const observed = await runObserved(node(), program('manyShort.js'), { env: { [SPOOL_VARIABLE]: disk() } });
    assert.equal(observed.code, 0);
    assert.equal(observed.stdout, 'started 100\n');
    assert.equal(observed.stderr, '');
    const { events, damaged } = new SpoolReader(disk()).readRest();
    assert.ok(events.length > 0, 'what found room is there');
    assert.ok(damaged <= 1, 'at most the line that the disk cut');
  });

  it('ends in a way that is not known, and no thread of it is accused', async () => {
    const observed = await runObserved(node(), fewShort(), { env: { [SPOOL_VARIABLE]: disk() } });
    const { events } = new SpoolReader(disk()).readRest();
    const own = events.filter(({ p }) => Number.parseInt(p, 10) === observed.pid);
    const { processes, threads, findings } = pictureOf({ ...observed, events: own });
    assert.deepEqual([processes[0]?.unwritten, processes[0]?.exit?.by, processes[0]?.exit?.code], [true, 'unknown', 0]);
    const known = new Set<unknown>(['returned', 'unknown']);
    assert.deepEqual(
      threads.map(({ ended }) => ended?.by).filter((by) => !known.has(by)),
      [],
    );
    assert.deepEqual(findings, []);
  });
});

onEach(NODE, 'a program whose files may not become larger', (node) => {
  it('runs the same, and its report does not conclude from what is missing', async function () {
    if (process.platform === 'win32') this.skip(); // there is no such limit to set
    const limited = path.join(folder, 'smallFiles.sh');
    fs.writeFileSync(limited, `#!/bin/sh\nulimit -f 4\nexec "$@"\n`, { mode: 0o755 });
    const installed = { runtime: NODE, path: limited };
    // Without activity it is the lives alone that find no room.
    for (const env of [{}, { [ACTIVITY_VARIABLE]: '0' }]) {
      const observed = await runObserved(installed, fewShort(), { args: [node().path], env });
      assert.deepEqual([observed.code, observed.stdout, observed.stderr], [0, 'all\n', '']);
      const { processes, findings } = pictureOf(observed);
      assert.deepEqual([processes[0]?.unwritten, processes[0]?.exit?.by], [true, 'unknown']);
      assert.deepEqual(findings, []);
    }
  });
});

describe('a line that the disk cut', () => {
  it('costs no record of another thread that writes after it', () => {
    const file = path.join(folder, 'cut', '1-1.spool.ndjson');
    const spool = new Spool({ p: '1-1', file, activity: file, activityBytes: 0, ringRecords: 0 }, 0);
    spool.tell('exited', { code: 1 }); // there is no such folder yet
    fs.mkdirSync(path.dirname(file));
    fs.writeFileSync(file, '{"k":"exi');
    spool.tell('exited', { code: 2 });
    const { events, damaged } = new SpoolReader(path.dirname(file)).readRest();
    assert.equal(damaged, 1);
    assert.deepEqual(
      events.map((event) => 'code' in event && event.code),
      [1, 2],
    );
  });
});
