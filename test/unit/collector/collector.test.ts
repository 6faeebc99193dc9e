// What the collector tells bit by bit is, at the end, the whole.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { Collector } from '../../../src/collector/collector';
import { Liveness } from '../../../src/collector/liveness';
import type { Model } from '../../../src/model/facts/facts';
import { applyDelta } from '../../../src/protocol/picture';
import { ACTIVITY_SUFFIX, SPOOL_SUFFIX } from '../../../src/protocol/spool';
import type { LifecycleEvent } from '../../../src/protocol/probeEvents';
import { monotonicMicros } from '../../../src/transport/clock';
import { RecordingWriter } from '../../../src/transport/spool/recording';
import { Story, site } from '../../support/events';

const WORKER = 1;
const SECOND = 1e6;

describe('the collector of a session', () => {
  let spool: string;
  beforeEach(() => (spool = fs.mkdtempSync(path.join(os.tmpdir(), 'lifelines-collector-'))));
  afterEach(() => fs.rmSync(spool, { recursive: true }));

  const write = (suffix: string, p: string, events: LifecycleEvent[]): void =>
    fs.writeFileSync(path.join(spool, `${p}${suffix}`), events.map((event) => `${JSON.stringify(event)}\n`).join(''));

  it('tells in its last delta what is found only at the end', () => {
    const collector = new Collector({ spool, title: 'test' });
    const before = collector.snapshot();
    collector.startDeltas();
    const story = new Story()
      .begin(SECOND)
      .tell(0, 1.1 * SECOND, 'thread-start', { id: WORKER, at: site(3) })
      .tell(0, 1.2 * SECOND, 'thread-unref', { id: WORKER, at: site(4) })
      .tell(WORKER, 1.2 * SECOND, 'thread-begin', {})
      .tell(0, 2 * SECOND, 'exiting', { cause: 'returned', code: 0 })
      .tell(0, 2 * SECOND + 100, 'exited', { code: 0 });
    write(SPOOL_SUFFIX, story.p, story.events);
    const writing = Story.opened(1.9 * SECOND, 9, 20, '/tmp/app.log');
    const [batch] = new Story().activity(WORKER, 2 * SECOND, [...writing, ['write', 1.99 * SECOND, 9, 100, 1]]).events;
    write(`.0${ACTIVITY_SUFFIX}`, story.p, [batch!]);
    const last = collector.finish();
    const told = applyDelta(before, collector.takeDelta()!);
    assert.deepEqual(
      last.findings.map(({ rule }) => rule),
      ['cut-off-while-writing'],
    );
    assert.deepEqual(told?.findings, last.findings);
  });

  it('keeps as many ended threads as it is told to, and tells of the others as sums; their tracks go too', () => {
    const collector = new Collector({ spool, title: 'test', keepThreads: 2, onTracks: () => undefined });
    const story = new Story().begin(SECOND);
    for (let id = 1; id <= 20; id++) {
      story.tell(0, SECOND + id * 1000, 'thread-start', { id, file: '/app/worker.js', at: site(3) });
      story.tell(0, SECOND + id * 1000 + 500, 'thread-exit', { id, code: 0 });
    }
    const collected = collector.snapshot();
    collector.startDeltas();
    write(SPOOL_SUFFIX, story.p, story.events);
    collector.note({ pid: -1, tid: 0, t: 0, did: 'stack' }); // reads what is there
    const shown = applyDelta(collected, collector.takeDelta()!)!;
    const last = collector.finish();
    const told = applyDelta(shown, collector.takeDelta()!)!;
    assert.deepEqual(
      told.threads.map(({ id }) => id),
      [0, 19, 20],
    );
    assert.deepEqual(told.earlier, last.earlier);
    assert.equal(told.earlier?.[0]?.count, 18);
    const tracks = collector.takeTracks()?.tracks.map(({ thread }) => thread) ?? [];
    assert.deepEqual(tracks.sort(), [`${story.p}:0`, `${story.p}:19`, `${story.p}:20`]);
  });

  it('takes a process that runs another program by now for ended, and what is known of its end for that of the last', function () {
    if (process.platform === 'win32') this.skip(); // nothing does so there
    const collector = new Collector({ spool, title: 'test' });
    const [first, second] = [SECOND, 2 * SECOND].map((t) => new Story(`${process.pid}-${t}`, process.pid).begin(t));
    for (const { p, events } of [first!, second!]) write(SPOOL_SUFFIX, p, events);
    collector.note({ pid: -1, tid: 0, t: 0, did: 'stack' }); // reads what is there
    assert.deepEqual(collector.livePids, [process.pid]);
    const { processes } = collector.finish({ pid: process.pid, code: 3 });
    const [old, last] = processes;
    assert.deepEqual([old?.exit?.code, old?.exit?.t, last?.exit?.code], [undefined, 2 * SECOND, 3]);
    assert.match(old!.exit!.because, /process went on with another program/);
  });

  it('tells of a process that is still there long after its main told its last', async () => {
    const t = monotonicMicros() - 10 * SECOND;
    const file = path.join(spool, 'kept');
    const { p, events } = new Story(`${process.pid}-${t}`, process.pid, t)
      .begin(t)
      .tell(0, t + 1, 'exiting', { cause: 'exit-call', code: 0 })
      .tell(0, t + 2, 'exited', { code: 0 });
    write(SPOOL_SUFFIX, p, events);
    const collector = await new Promise<Collector>((resolve) => {
      const recording = new RecordingWriter(file, 'test');
      const found: Collector = new Collector({ spool, title: 'test', recording, onChange: () => look() });
      const look = (): void => {
        if (found.snapshot().findings.some(({ rule }) => rule === 'unstoppable-thread')) resolve(found);
      };
    });
    const kept = fs.readFileSync(file, 'utf8').split('\n');
    assert.equal(
      kept.filter((line) => line.includes('"still-runs"')).length,
      1,
      'so that the recording tells the same',
    );
    assert.deepEqual(collector.finish().findings, [], 'it is no longer known');
  });

  it('counts an event that it cannot fold as damaged, keeps it out of the recording, and goes on', () => {
    const [good, odd] = ['100-1', '200-1'].map((p) =>
      new Story(p).begin(SECOND).tell(0, 2 * SECOND, 'thread-begin', {}),
    );
    const file = path.join(spool, 'kept');
    const recording = new RecordingWriter(file, 'test');
    const collector = new Collector({ spool, title: 'test', recording });
    // No event is known that cannot be folded, or it would be refused.
    const { processes } = (collector as unknown as { model: Model }).model;
    processes.set = function (key, process) {
      if (key === odd!.p) throw new Error('unforeseen');
      return Map.prototype.set.call(this, key, process) as typeof processes;
    };
    for (const { p, events } of [odd!, good!]) write(SPOOL_SUFFIX, p, events);
    const { damaged, threads } = collector.finish();
    assert.equal(damaged, odd!.events.length);
    assert.deepEqual(
      threads.map(({ process }) => process),
      [good!.p],
    );
    const kept = fs.readFileSync(file, 'utf8');
    assert.ok(kept.includes(good!.p) && !kept.includes(odd!.p));
  });

  it('takes processes of two containers for two, whatever their numbers, and claims the end of neither', function () {
    if (process.platform !== 'linux') this.skip(); // elsewhere nothing tells them apart
    const collector = new Collector({ spool, title: 'test' });
    const dead = spawnSync(process.execPath, ['-e', '']).pid;
    for (const namespace of ['pid:[1]', 'pid:[2]']) {
      const t = namespace.includes('1') ? SECOND : 2 * SECOND;
      const { p, events } = new Story(`${dead}-${t}`, dead).begin(t, { namespace });
      write(SPOOL_SUFFIX, p, events);
    }
    collector.note({ pid: -1, tid: 0, t: 0, did: 'stack' }); // reads what is there
    collector.stopRequested(); // looks who has ended
    assert.deepEqual(collector.livePids, [], 'none that could be ended');
    assert.deepEqual(
      collector.snapshot().processes.map(({ over }) => over),
      [false, false],
    );
    const { processes } = collector.finish({ pid: dead, code: 3 });
    assert.deepEqual(
      processes.map(({ exit }) => exit?.by),
      ['lost-contact', 'lost-contact'],
    );
  });

  it('looks no more at the files of a process that has ended', async () => {
    const dead = spawnSync(process.execPath, ['-e', '']).pid;
    const [gone, live] = [dead, process.pid].map((pid) => new Story(`${pid}-${SECOND}`, pid).begin(SECOND));
    for (const { p, events } of [gone!, live!]) write(SPOOL_SUFFIX, p, events);
    const isOver = (): boolean => collector.snapshot().processes.some(({ over }) => over);
    let told = (): void => undefined;
    const collector: Collector = new Collector({ spool, title: 'test', onChange: () => isOver() && told() });
    await new Promise<void>((resolve) => (told = resolve));
    for (const { p } of [gone!, live!]) fs.appendFileSync(path.join(spool, `${p}${SPOOL_SUFFIX}`), 'odd\n');
    assert.equal(collector.finish().damaged, 1);
  });
});

describe('whether a process runs', () => {
  it('does not go by its number alone, which comes again', function () {
    if (process.platform !== 'linux') this.skip(); // elsewhere nothing tells
    const liveness = new Liveness();
    assert.equal(liveness.runs('1-1', process.pid), true);
    assert.equal(liveness.runs('1-1', process.ppid), false, 'another process under what was taken for its number');
    assert.equal(liveness.runs('1-1', process.pid), true);
  });
});
