import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { recoverSpools, pruneRecordings } from '../../../src/collector/recovery';
import { HumanError } from '../../../src/common/humanError';
import { probeEnvironment } from '../../../src/transport/probes/node/environment';
import { inOrder, type Batch } from '../../../src/transport/spool/events';
import { LineSplitter } from '../../../src/transport/spool/lines';
import { SpoolReader } from '../../../src/transport/spool/spoolReader';
import {
  RecordingWriter,
  newRecordingPath,
  openRecording,
  readRecording,
  recordingsIn,
} from '../../../src/transport/spool/recording';
import { readSummary, removeSummary, writeSummary } from '../../../src/transport/spool/recordingSummary';
import { claimSpool, createSpool, isAlive, ownSpoolOf, removeSpool } from '../../../src/transport/spool/spool';
import { emptyModel, fold } from '../../../src/model/facts/facts';
import type { LifecycleEvent } from '../../../src/protocol/probeEvents';
import {
  SPOOL_PREFIX,
  ACTIVITY_VARIABLE,
  DEFAULT_RING_RECORDS,
  MIB,
  SPOOL_SUFFIX,
  activityFile,
  activityLimits,
  type ActivitySettings,
} from '../../../src/protocol/spool';
import { Story } from '../../support/events';

let folder: string;
beforeEach(() => (folder = fs.mkdtempSync(path.join(os.tmpdir(), 'lifelines-test-'))));
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

describe('the environment that loads the probe', () => {
  it('keeps the program’s own options before ours, and a plain path bare', () => {
    const { NODE_OPTIONS } = probeEnvironment('/opt/probe.js', '/tmp/s', '--max-old-space-size=100');
    assert.equal(NODE_OPTIONS, '--max-old-space-size=100 --require=/opt/probe.js');
  });

  it('loads from a path with spaces, quotes and backslashes', () => {
    const file = path.join(folder, 'a "b" \\c d.js');
    fs.writeFileSync(file, 'console.log("loaded")');
    const env = { ...process.env, ...probeEnvironment(file, folder, undefined) };
    const { stdout } = spawnSync(process.execPath, ['-e', ''], { env, encoding: 'utf8' });
    assert.equal(stdout, 'loaded\n');
  });

  it('hands on how much activity may be recorded, where that is said', () => {
    const limits = (settings?: ActivitySettings) => {
      const { [ACTIVITY_VARIABLE]: text } = probeEnvironment('/opt/probe.js', '/tmp/s', '', settings);
      return text === undefined ? undefined : activityLimits(text);
    };
    assert.equal(limits(), undefined, 'as by default');
    assert.deepEqual(limits({ activityLimit: 2 }), { activityBytes: 2 * MIB, ringRecords: DEFAULT_RING_RECORDS });
    assert.deepEqual(limits({ activityLimit: 2, ringRecords: 100 }), { activityBytes: 2 * MIB, ringRecords: 128 });
    assert.deepEqual(limits({ activityLimit: 0 }), { activityBytes: 0, ringRecords: 0 });
    assert.deepEqual(activityLimits('much:more'), activityLimits(undefined), 'what is no number is as by default');
  });
});

describe('the line splitter', () => {
  it('gives whole lines whatever the chunks are', () => {
    const text = Buffer.from('erste Zeile ä\nzweite 😀\nRest');
    for (let size = 1; size <= text.length; size++) {
      const splitter = new LineSplitter();
      const lines: string[] = [];
      for (let i = 0; i < text.length; i += size) lines.push(...splitter.push(text.subarray(i, i + size)));
      assert.deepEqual(lines, ['erste Zeile ä', 'zweite 😀'], `chunks of ${size}`);
      assert.equal(splitter.takeRest(), 'Rest');
    }
  });
});

describe('the spool', () => {
  it('is a folder that no other user can look into', () => {
    const spool = createSpool('test', folder);
    assert.equal(fs.statSync(spool).mode & 0o077, 0);
    removeSpool(spool);
    assert.equal(fs.existsSync(spool), false);
  });

  it('says what to do when it cannot be made', () => {
    const file = path.join(folder, 'file');
    fs.writeFileSync(file, '');
    assert.throws(
      () => createSpool('test', file),
      (error: Error) => {
        assert.ok(error instanceof HumanError);
        assert.match(error.message, /could not be created below .*file .*Make it writable/);
        return true;
      },
    );
  });

  it('is read each line once, a torn one only when its writer is gone', () => {
    const [first, second] = new Story()
      .begin(1000)
      .tell(0, 2000, 'exited', { code: 0 })
      .events.map((e) => JSON.stringify(e));
    const file = path.join(folder, `100-1000${SPOOL_SUFFIX}`);
    const reader = new SpoolReader(folder);
    fs.writeFileSync(file, `${first}\n${second!.slice(0, 20)}`);
    assert.deepEqual(
      reader.read().events.map((e) => e.k),
      ['process-start'],
    );
    assert.deepEqual(reader.read().events, []);
    fs.appendFileSync(file, `${second!.slice(20)}\nnot json\n{"k":"exited"}\n{"k":"exi`);
    const batch = reader.read();
    assert.deepEqual(
      batch.events.map((e) => e.k),
      ['exited'],
    );
    assert.equal(batch.damaged, 2);
    assert.equal(reader.readRest().damaged, 1);
  });

  it('looks no more at the files of a process that has ended and was read', () => {
    const files = [`100-1000${SPOOL_SUFFIX}`, path.basename(activityFile('100-1000', 0))];
    const [begun, exited] = new Story()
      .begin(1000)
      .tell(0, 2000, 'exited', { code: 0 })
      .events.map((event) => JSON.stringify(event));
    fs.writeFileSync(path.join(folder, files[0]!), `${begun}\n${exited}`);
    fs.writeFileSync(path.join(folder, files[1]!), '');
    fs.writeFileSync(path.join(folder, `200-1000${SPOOL_SUFFIX}`), `${begun!.replace('100-1000', '200-1000')}\n`);
    const reader = new SpoolReader(folder);
    assert.equal(reader.read().events.length, 2);
    assert.deepEqual(
      reader.leave('100-1000').events.map(({ k }) => k),
      ['exited'],
      'its last line was whole but for its end',
    );
    const looked = lookedAt(() => reader.readRest());
    assert.deepEqual(
      files.filter((file) => looked.some((one) => one.includes(file))),
      [],
    );
    assert.ok(looked.some((one) => one.includes('200-1000')));
    assert.equal(fs.readdirSync(folder).filter((name) => name.startsWith('100-')).length, 0, 'nor are they listed');
    assert.equal(new SpoolReader(folder).readRest().events.length, 3, 'who reads it all later finds them');
  });

  it('puts no file where a link leads to', () => {
    const elsewhere = fs.mkdtempSync(path.join(os.tmpdir(), 'lifelines-elsewhere-'));
    fs.symlinkSync(elsewhere, path.join(folder, 'ended'));
    fs.writeFileSync(path.join(folder, `100-1000${SPOOL_SUFFIX}`), '');
    const reader = new SpoolReader(folder);
    reader.read();
    reader.leave('100-1000');
    assert.deepEqual(fs.readdirSync(elsewhere), []);
    fs.rmSync(elsewhere, { recursive: true });
  });

  it('knows whether a process lives', () => {
    assert.equal(isAlive(process.pid), true);
    assert.equal(isAlive(spawnSync(process.execPath, ['-e', '']).pid), false);
  });
});

/** Paths that the file system was asked about meanwhile. */
function lookedAt(run: () => void): string[] {
  const looked: string[] = [];
  const real = { lstatSync: fs.lstatSync, openSync: fs.openSync };
  const watched = <T extends (...args: never[]) => unknown>(call: T): T =>
    ((...args: Parameters<T>) => {
      looked.push(String(args[0]));
      return call(...args);
    }) as T;
  // The module itself, of which every other sees the functions of this moment.
  const fileSystem = createRequire(__filename)('node:fs') as typeof fs;
  Object.assign(fileSystem, { lstatSync: watched(real.lstatSync), openSync: watched(real.openSync) });
  try {
    run();
  } finally {
    Object.assign(fileSystem, real);
  }
  return looked;
}

describe('files that are read together', () => {
  const at = (...times: number[]): Batch => ({
    events: times.map((t): LifecycleEvent => ({ k: 'stop-request', p: '1-1', t })),
    damaged: 0,
  });
  const given = (batches: Iterable<Batch>): number[][] =>
    [...batches].map(({ events }) => events.map(({ t }) => t)).filter((times) => times.length > 0);

  it('give their events by time, and hold back no more than they must', () => {
    const sources = [
      { from: 0, batches: [at(1, 2, 30), at(31, 40)] },
      { from: 0, batches: [at(3, 4), at(20, 35), at(36)] },
      { from: 0, batches: [at(2.5)] },
    ];
    assert.deepEqual(given(inOrder(sources)), [[1, 2, 2.5], [3, 4], [20, 30], [31, 35], [36], [40]]);
  });

  it('are not read before it is their time', () => {
    const read: string[] = [];
    function* noted(name: string, ...batches: Batch[]): Iterable<Batch> {
      read.push(`${name} opened`);
      yield* batches;
      read.push(`${name} closed`);
    }
    const sources = [
      { from: 50, batches: noted('late', at(51)) },
      { from: 0, batches: noted('early', at(1, 2), at(3, 4)) },
    ];
    assert.deepEqual(given(inOrder(sources)), [[1, 2], [3, 4], [51]]);
    assert.deepEqual(read, ['early opened', 'early closed', 'late opened', 'late closed']);
  });

  it('count what could not be read in each', () => {
    const damaged = (count: number): Batch => ({ events: [], damaged: count });
    const sources = [
      { from: 0, batches: [damaged(2)] },
      { from: 0, batches: [damaged(3)] },
    ];
    assert.equal(
      [...inOrder(sources)].reduce((sum, batch) => sum + batch.damaged, 0),
      5,
    );
  });
});

describe('recordings', () => {
  const events = () => new Story().begin(1000).end(2000, 'gone').events;

  it('read back as they were written', () => {
    const file = path.join(folder, 'deep', 'a.lifelines');
    new RecordingWriter(file, 'My program').write(events());
    const { head, events: read, damaged } = readRecording(file);
    assert.equal(head.title, 'My program');
    assert.deepEqual(read, events());
    assert.equal(damaged, 0);
  });

  it('are readable by nobody else, also where such a file was there before', function () {
    if (process.platform === 'win32') this.skip(); // has no such modes
    const files = ['new', 'old'].map((name) => path.join(folder, `${name}.lifelines`));
    fs.writeFileSync(files[1]!, 'old');
    fs.chmodSync(files[1]!, 0o666);
    for (const file of files) {
      new RecordingWriter(file, 'x');
      assert.equal(fs.statSync(file).mode & 0o777, 0o600);
      assert.equal(readRecording(file).head.title, 'x');
    }
  });

  it('lose nothing but the lines that are damaged', () => {
    const file = path.join(folder, 'a.lifelines');
    new RecordingWriter(file, 'x').write(events());
    fs.appendFileSync(file, '{"k":"exited","p":"1","tid":0,"q":1,"t":"soon","code":0}\n\u0000\u0001\n{"k":"process-e');
    const { events: read, damaged } = readRecording(file);
    assert.deepEqual(read, events());
    assert.equal(damaged, 3);
  });

  it('are read bit by bit, however large they are', () => {
    const file = path.join(folder, 'a.lifelines');
    const writer = new RecordingWriter(file, 'x');
    const story = new Story().begin(1000);
    for (let n = 1; n <= 20_000; n++) story.tell(0, 1000 + n, 'thread-start', { id: n, file: '/app/worker.js' });
    writer.write(story.events);
    const { head, batches } = openRecording(file);
    assert.equal(head.title, 'x');
    const seen = [...batches];
    assert.ok(seen.length > 1, 'in more than one piece');
    assert.ok(seen.every(({ events }) => events.length < 20_000));
    assert.deepEqual(
      seen.flatMap(({ events }) => events),
      story.events,
    );
    assert.deepEqual(
      [...seen.map(({ share }) => share)].sort(),
      seen.map(({ share }) => share),
    );
    assert.equal(seen.at(-1)!.share, 1);
  });

  it('with a line that is too long to be one of theirs lose that line alone', () => {
    const splitter = new LineSplitter();
    const chunk = Buffer.alloc(1 << 20, 'x');
    assert.deepEqual(splitter.push(Buffer.from('first\nsec')), ['first']);
    for (let i = 0; i < 40; i++) assert.deepEqual(splitter.push(chunk), []);
    const [long, ...rest] = splitter.push(Buffer.from('x\nthird\n'));
    assert.ok(long!.length < 100, 'it is not kept');
    assert.deepEqual(rest, ['third']);
    assert.equal(splitter.takeRest(), '');
  });

  it('stay small: past their limit the oldest activity goes, and a reader can tell', () => {
    const file = path.join(folder, 'a.lifelines');
    const writer = new RecordingWriter(file, 'x', 0.01);
    const story = new Story().begin(1000).tell(0, 1500, 'thread-start', { id: 1 });
    for (let n = 1; n <= 500; n++) story.activity(0, 2000 + n, [['post', 2000 + n, 2, 0, n]]);
    for (const event of story.end(4000, 'gone').events) writer.write([event]);
    assert.ok(fs.statSync(file).size < 2 * 0.01 * MIB, `${fs.statSync(file).size} bytes`);

    const { events: read, damaged } = readRecording(file);
    const lifecycle = ({ k }: LifecycleEvent) => k !== 'activity';
    assert.deepEqual(read.filter(lifecycle), story.events.filter(lifecycle));
    assert.equal(damaged, 0);
    const model = emptyModel();
    for (const event of read) fold(model, event);
    const { activity } = model.processes.get('100-1000')!.threads.get(0)!;
    assert.equal(activity!.next, 500, 'the newest is there');
    assert.ok(activity!.dropped > 0 && activity!.dropped < 500);
  });

  it('lose the oldest of very many tasks of event loops, and nothing of threads', () => {
    const file = path.join(folder, 'a.lifelines');
    const writer = new RecordingWriter(file, 'x', 0.01);
    const story = new Story().begin(1000).tell(0, 1500, 'thread-start', { id: 1 });
    for (let n = 1; n <= 500; n++) story.asyncTask(0, 2000 + n, n, { runs: 'fetch', until: 2001 + n });
    for (const event of story.end(4000, 'gone').events) writer.write([event]);
    assert.ok(fs.statSync(file).size < 2 * 0.01 * MIB, `${fs.statSync(file).size} bytes`);

    const { events: read } = readRecording(file);
    const ofThreads = ({ k }: LifecycleEvent) => !k.startsWith('async-task');
    assert.deepEqual(read.filter(ofThreads), story.events.filter(ofThreads));
    assert.deepEqual(read.filter((event) => !ofThreads(event)).at(-1), story.events.at(-2));
  });

  for (const [what, content, says] of [
    ['is empty', '', /it is not a recording/],
    ['is something else', 'PK\u0003\u0004', /it is not a recording/],
    [
      'comes from a newer version',
      '{"k":"recording","v":99,"by":"9","title":"x","wall":1}\n',
      /newer Thread Lifelines.*update/,
    ],
    ['has a damaged head', '{"k":"recording","v":1}\n', /first line is damaged/],
  ] as const) {
    it(`are refused with a reason when the file ${what}`, () => {
      const file = path.join(folder, 'a.lifelines');
      fs.writeFileSync(file, content);
      assert.throws(
        () => readRecording(file),
        (error: Error) => error instanceof HumanError && says.test(error.message),
      );
    });
  }

  it('say so when the disk is full, and never throw for it', function () {
    if (!fs.existsSync('/dev/full')) this.skip(); // only Linux has a device that is always full
    const file = path.join(folder, 'a.lifelines');
    const writer = new RecordingWriter(file, 'x');
    fs.rmSync(file);
    fs.symlinkSync('/dev/full', file);
    writer.write(events());
    assert.match(writer.problem ?? '', /ends early.*ENOSPC.*Free space/);
  });

  it('are made of spools that a killed editor left behind, and the spool is removed', () => {
    const spools = path.join(folder, 'spools');
    const recordings = path.join(folder, 'recordings');
    const spool = createSpool('Lost session', spools);
    const dead = spawnSync(process.execPath, ['-e', '']).pid;
    fs.writeFileSync(
      path.join(spool, 'owner.json'),
      JSON.stringify({ pid: dead, title: 'Lost session', startedAt: 0 }),
    );
    const story = new Story(`${dead}-1000`, dead).begin(1000);
    fs.writeFileSync(path.join(spool, `${story.p}${SPOOL_SUFFIX}`), JSON.stringify(story.events[0]) + '\n');
    recoverSpools(spools, recordings);
    assert.equal(fs.existsSync(spool), false);
    const [file] = recordingsIn(recordings);
    assert.ok(file);
    assert.equal(readRecording(file).head.title, 'Lost session');
    assert.deepEqual(
      readRecording(file).events.map((e) => e.k),
      ['process-start', 'process-end'],
    );
  });

  it('are listed with what is known of how they came out, which goes with them', () => {
    const recordings = path.join(folder, 'recordings');
    const file = newRecordingPath(recordings, 'main.js');
    new RecordingWriter(file, 'main.js');
    assert.equal(readSummary(file), undefined);
    const summary = { title: 'main.js', wall: 1_700_000_000_000, brief: '10 threads · 1 lost' };
    writeSummary(file, summary);
    assert.deepEqual(readSummary(file), summary);
    assert.deepEqual(recordingsIn(recordings), [file]);
    fs.writeFileSync(path.join(folder, 'outcomes', `${path.basename(file)}.json`), '{"title":1}');
    assert.equal(readSummary(file), undefined);
    removeSummary(file);
    assert.deepEqual(fs.readdirSync(path.join(folder, 'outcomes')), []);
  });

  it('are not made of what a program still writes to', () => {
    const spools = path.join(folder, 'spools');
    const recordings = path.join(folder, 'recordings');
    const spool = createSpool('Lost session', spools);
    const dead = spawnSync(process.execPath, ['-e', '']).pid;
    fs.writeFileSync(path.join(spool, 'owner.json'), JSON.stringify({ pid: dead, title: 'x', startedAt: 0 }));
    for (const [pid, t] of [
      [dead, 1000],
      [process.pid, 2000],
    ] as const) {
      const story = new Story(`${pid}-${t}`, pid).begin(t);
      fs.writeFileSync(path.join(spool, `${story.p}${SPOOL_SUFFIX}`), JSON.stringify(story.events[0]) + '\n');
    }
    assert.deepEqual(recoverSpools(spools, recordings), []);
    assert.deepEqual(recordingsIn(recordings), []);
    assert.equal(fs.existsSync(spool), true);
  });

  it('are not made of what programs in terminals left that nobody followed, which is removed', () => {
    const dead = spawnSync(process.execPath, ['-e', '']).pid;
    const made = (pid: number, startedAt: number): string => {
      const spool = path.join(folder, `${SPOOL_PREFIX}${pid}-${startedAt}`);
      fs.mkdirSync(spool);
      return spool;
    };
    const [left, followed, older, alive] = [made(dead, 1), made(dead, 2), made(process.pid, 9), made(process.pid, 10)];
    claimSpool(followed, 'Followed');
    assert.equal(ownSpoolOf(process.pid, folder), alive, 'numbers of processes come again');
    assert.equal(ownSpoolOf(dead + 1, folder), undefined);
    recoverSpools(folder, path.join(folder, 'recordings'));
    assert.deepEqual([left, followed, older, alive].map(fs.existsSync), [false, true, true, true]);
    assert.deepEqual(recordingsIn(path.join(folder, 'recordings')), []);
  });

  it('of a session that still runs are left alone', () => {
    const spool = createSpool('Live session', folder);
    recoverSpools(folder, path.join(folder, 'recordings'));
    assert.equal(fs.existsSync(spool), true);
  });

  it('are kept up to a number, the newest of them', () => {
    for (const day of [1, 2, 3])
      new RecordingWriter(newRecordingPath(folder, 'p', new Date(Date.UTC(2026, 0, day))), 'p');
    pruneRecordings(folder, 2);
    assert.deepEqual(
      recordingsIn(folder).map((f) => path.basename(f).slice(0, 8)),
      ['20260103', '20260102'],
    );
  });
});
