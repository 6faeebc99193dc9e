// Recordings of earlier versions are read as they were meant. The two of version 1 were written by the release before
// version 2: the demo, and a program with hooks of module loading whose threads wait in the ways that Node has.
import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { HumanError } from '../../../src/common/humanError';
import type { LifecycleEvent } from '../../../src/protocol/probeEvents';
import type { Flip, Snapshot } from '../../../src/protocol/picture';
import { eventsIn } from '../../../src/transport/spool/events';
import { readRecording } from '../../../src/transport/spool/recording';
import { ToldSession } from '../../support/told';

const FOLDER = 'test/programs/recordings';

function eventsOf(name: string): LifecycleEvent[] {
  const { head, events, damaged } = readRecording(path.join(FOLDER, name));
  assert.equal(head.v, 1);
  assert.equal(damaged, 0);
  return events;
}
const pictureOf = (events: LifecycleEvent[]): Snapshot => new ToldSession({ complete: true }).tell(events).snapshot();

/** `ref 8`, `unref 12`, `ref 13 listener`: what it became, on which line, and by what else than a call. */
const flipText = ({ value, at, by }: Flip): string =>
  [value ? 'ref' : 'unref', ...(at ? [at.line] : []), ...(by ? [by] : [])].join(' ');

const threadsIn = ({ threads }: Snapshot): Record<string, [endedBy: string | undefined, flips: string]> =>
  Object.fromEntries(threads.map(({ label, ended, refs }) => [label, [ended?.by, refs.map(flipText).join(', ')]]));
const findingsIn = ({ findings }: Snapshot): string[] =>
  findings.map(({ rule, severity, at }) => `${severity} ${rule} ${path.basename(at!.file)}:${at!.line}`);
const waitsIn = ({ threads }: Snapshot): Record<string, [kind: string, what: string, line: number | undefined]> =>
  Object.fromEntries(
    threads.flatMap(({ label, activity }) =>
      activity?.blocked ? [[label, [activity.blocked.kind, activity.blocked.what, activity.blocked.at?.line]]] : [],
    ),
  );

describe('a recording of version 1', () => {
  it('of the demo shows the same endings, flips and findings', () => {
    const picture = pictureOf(eventsOf('version1.demo.lifelines'));
    assert.deepEqual(threadsIn(picture), {
      main: ['returned', ''],
      'logger.js': ['main-exit', 'ref 8, unref 12'],
      'build.js': ['returned', 'ref 8'],
      'stuck.js': ['terminate', 'ref 8'],
      'holder.js': ['returned', 'ref 8'],
      'minify.js': ['returned', 'ref 6'],
      'flaky.js': ['error', 'ref 8'],
    });
    assert.deepEqual(findingsIn(picture), [
      'warning cut-off-while-writing main.js:12',
      'info unresponsive-worker main.js:8',
    ]);
    assert.deepEqual(
      picture.threads
        .find(({ label }) => label === 'logger.js')!
        .unfinished!.map(({ what, path: file }) => [what, file]),
      [
        ['file', '/tmp/thread-lifelines-demo.log'],
        ['pending', undefined],
      ],
    );
  });

  it('of a program that waits shows the same endings, flips and findings', () => {
    const picture = pictureOf(eventsOf('version1.waits.lifelines'));
    assert.deepEqual(threadsIn(picture), {
      main: ['exit-call', ''],
      'module loader hooks': ['main-exit', 'ref 7, unref 7'],
      waiter: ['main-exit', 'ref 8'],
      child: ['returned', 'ref 8'],
      listener: ['main-exit', 'ref 8, unref 12, ref 13 listener'],
      owner: ['main-exit', 'ref 8, unref 15, ref 16 listener, unref listener'],
      inner: ['main-exit', 'ref 17'],
    });
    assert.deepEqual(findingsIn(picture), ['error unread-messages main.mjs:18']);
    assert.deepEqual(waitsIn(picture), { waiter: ['atomics-wait', 'Atomics.wait', 7] });
    const [process] = picture.processes;
    assert.deepEqual([process!.runtime.id, process!.runtime.label], ['node', 'Node 24.21.0']);
  });

  it('shows what its threads waited in while they did', () => {
    const events = eventsOf('version1.waits.lifelines');
    const child = events.find((event) => event.k === 'thread-start' && event.name === 'child') as { id: number };
    const end = events.find((event) => event.k === 'exiting' && event.tid === child.id)!;
    const before = events.filter(({ t }) => t < end.t - 0.1e6); // in µs; it waited for a second
    assert.deepEqual(waitsIn(pictureOf(before)), {
      waiter: ['atomics-wait', 'Atomics.wait', 7],
      child: ['synchronous-child', 'synchronous child process', 11],
    });
  });
});

describe('what a later version wrote', () => {
  let folder: string;
  before(() => (folder = fs.mkdtempSync(path.join(os.tmpdir(), 'lifelines-'))));
  after(() => fs.rmSync(folder, { recursive: true, force: true }));

  it('is refused as a recording, and says what to do', () => {
    const file = path.join(folder, 'later.lifelines');
    fs.writeFileSync(file, '{"k":"recording","v":3,"by":"9.0.0","title":"main.js","wall":1}\n');
    assert.throws(
      () => readRecording(file),
      (error) =>
        error instanceof HumanError &&
        error.message ===
          `${file} cannot be opened: it was written by a newer Thread Lifelines (recording version 3, this one reads up to 2); update Thread Lifelines to open it.`,
    );
  });

  it('is counted as damaged where it is the start of a process on a runtime that is not known', () => {
    const start = (runtime: string): string =>
      JSON.stringify({
        ...{ k: 'process-start', p: '1-1', tid: 0, q: 0, t: 1, v: 2, pid: 1, ppid: 0, runtime, version: '1' },
        ...{ argv: [], execArgv: [], cwd: '/', wall: 1 },
      });
    assert.deepEqual(eventsIn([start('ruby')]), { events: [], damaged: 1 });
    assert.equal(eventsIn([start('python')]).damaged, 0);
  });
});
