// What is said of where threads were when main ended.
import assert from 'node:assert/strict';
import { PARENT_PORT, portOfWorker } from '../../../src/protocol/activity';
import { emptyModel, fold } from '../../../src/model/facts/facts';
import { snapshotOf } from '../../../src/model/picture';
import type { Snapshot, ThreadPicture } from '../../../src/protocol/picture';
import { asLifecycleEvent, type Site } from '../../../src/protocol/probeEvents';
import { linesOf } from '../../../src/overlay/lines';
import { Story } from '../../support/events';

const SECOND = 1e6;
const TASK: Site = { file: '/app/task.js', line: 12, column: 3, function: 'compress' };
const PACKAGE: Site = { file: '/app/node_modules/pako/deflate.js', line: 300, column: 1, function: 'deflate' };
const WASM: Site = { file: 'wasm://wasm/1234', line: 1, column: 7, function: '$loop' };

const told = (frames: Site[], within?: string): Story =>
  new Story()
    .begin(0)
    .tell(0, SECOND, 'thread-start', { id: 1, file: '/app/task.js' })
    .tell(0, 2 * SECOND, 'exiting', { cause: 'returned', code: 0 })
    .tell(0, 2 * SECOND, 'exited', { code: 0 })
    .tell(0, 2.01 * SECOND, 'stack', { id: 1, frames, ...(within ? { within } : {}), when: 'exit' });

function pictureOf({ events, p }: Story, { t = 3 * SECOND, signal }: { t?: number; signal?: string } = {}): Snapshot {
  const model = emptyModel();
  for (const event of events) fold(model, event);
  fold(model, { k: 'process-end', p, t, how: 'exit-status', ...(signal ? { signal } : { code: 0 }) });
  return snapshotOf(model, { title: '', now: 4 * SECOND, damaged: 0, complete: true, notices: [] });
}
const worker = (picture: Snapshot): ThreadPicture => picture.threads.find(({ id }) => id === 1)!;
const text = (story: Story): string | undefined => worker(pictureOf(story)).unfinished?.[0]?.text;

describe('the code that a thread was cut off in', () => {
  it('is named with its function, and that of the runtime which it had called', () => {
    assert.equal(text(told([TASK])), 'in the middle of compress (task.js:12)');
    assert.equal(text(told([TASK], 'pbkdf2Sync')), 'in the middle of pbkdf2Sync, called from compress (task.js:12)');
    assert.equal(text(told([{ ...TASK, function: undefined } as unknown as Site])), 'in the middle of task.js:12');
  });

  it('stands on the program’s own line, before that of a package and of what is in no file', () => {
    assert.equal(
      text(told([PACKAGE, TASK])),
      'in the middle of deflate (pako/deflate.js:300), called from compress (task.js:12)',
    );
    const [thing] = worker(pictureOf(told([WASM, TASK]))).unfinished!;
    assert.deepEqual([thing!.what, thing!.at, thing!.fate], ['code', TASK, 'unknown']);
    assert.deepEqual(worker(pictureOf(told([WASM]))).unfinished![0]!.at, WASM);
  });

  it('is not known without a frame of the program’s', () => assert.equal(text(told([])), undefined));

  it('is no claim about a thread that ended otherwise', () => {
    const story = told([TASK]).tell(0, 1.5 * SECOND, 'thread-exit', { id: 1, code: 0 });
    assert.equal(worker(pictureOf(story)).unfinished, undefined);
  });

  it('is marked on its line', () => {
    const facts = linesOf(pictureOf(told([TASK])))
      .get('/app/task.js')
      ?.get(12);
    assert.deepEqual(
      facts?.cutOff.map(({ id }) => id),
      [1],
    );
  });

  it('is the last that was told, in whatever order it is heard', () => {
    const { events } = told([PACKAGE]).tell(0, 2.02 * SECOND, 'stack', { id: 1, frames: [TASK], when: 'exit' });
    for (const order of [events, [...events].reverse()]) {
      const story = new Story();
      story.events.push(...order);
      assert.deepEqual(worker(pictureOf(story)).stack?.frames, [TASK]);
    }
  });

  it('costs no more than a few frames, whoever wrote them', () => {
    const { frames } = worker(pictureOf(told(Array.from({ length: 1000 }, () => TASK)))).stack!;
    assert.equal(frames.length, 32);
    const strange = { ...told([TASK]).events.at(-1), when: 'never' };
    assert.equal(asLifecycleEvent(strange), undefined);
  });
});

describe('a finding of a thread that was cut off', () => {
  it('names the code that it was in, and its line', () => {
    const story = new Story()
      .begin(0)
      .tell(0, SECOND, 'thread-start', { id: 1, file: '/app/task.js' })
      .tell(1, SECOND, 'thread-begin', {})
      .activity(0, 2.9 * SECOND, [['unturned', 2.9 * SECOND, 1, 1500]])
      .tell(0, 3 * SECOND, 'exiting', { cause: 'exit-call', code: 0, at: { file: '/app/main.js', line: 9, column: 1 } })
      .tell(0, 3 * SECOND, 'exited', { code: 0 })
      .tell(0, 3.01 * SECOND, 'stack', { id: 1, frames: [TASK], when: 'exit' });
    const [finding] = pictureOf(story, { t: 3.1 * SECOND }).findings;
    assert.equal(finding?.rule, 'exit-with-live-workers');
    assert.match(finding.text, /while it was working\. It was in the middle of compress \(task\.js:12\)\.$/);
    assert.deepEqual(finding.related[0]?.at, TASK);
  });
});

describe('the function that a thread was last seen in', () => {
  const stalled = (seen: number): Story =>
    new Story()
      .begin(0)
      .tell(0, SECOND, 'thread-start', {
        id: 1,
        file: '/app/task.js',
        at: { file: '/app/main.js', line: 3, column: 1 },
      })
      .tell(1, SECOND, 'thread-begin', {})
      .activity(0, 6 * SECOND, [['unturned', 6 * SECOND, 1, 4000]])
      .tell(0, seen, 'stack', { id: 1, frames: [PACKAGE, TASK], when: 'stall' });

  it('is told while its loop does not turn, and when it was ended so', () => {
    const story = stalled(5 * SECOND);
    const model = emptyModel();
    for (const event of story.events) fold(model, event);
    const live = snapshotOf(model, { title: '', now: 6 * SECOND, damaged: 0, complete: false, notices: [] });
    assert.deepEqual(worker(live).activity?.unresponsive?.in, TASK);
    const [finding] = pictureOf(story, { t: 6.1 * SECOND, signal: 'SIGTERM' }).findings.filter(
      ({ rule }) => rule === 'unresponsive-worker',
    );
    assert.match(finding!.text, /It was last seen in compress \(task\.js:12\), or in what that had called\.$/);
    assert.deepEqual(finding!.related[0]?.at, TASK);
  });

  it('is a note where a person stopped the program and nobody waited for the thread', () => {
    const severity = (story: Story): string | undefined => {
      story.events.push({ k: 'stop-request', p: story.p, t: 6 * SECOND });
      const { findings } = pictureOf(story, { t: 6.1 * SECOND, signal: 'SIGKILL' });
      return findings.find(({ rule }) => rule === 'unresponsive-worker')?.severity;
    };
    assert.equal(severity(stalled(5 * SECOND)), 'info');
    const asked = stalled(5 * SECOND)
      .activity(0, 5.5 * SECOND, [['post', 5 * SECOND, portOfWorker(1), 0, 2]])
      .activity(1, 1.6 * SECOND, [['receive', 1.5 * SECOND, PARENT_PORT, 0, 1]]);
    assert.equal(severity(asked), 'warning');
  });

  it('or the call of the system that it slept in', () => {
    const call = { within: 'open /tmp/pipe', sleeps: true } as const;
    const story = stalled(5 * SECOND).tell(0, 5.5 * SECOND, 'stack', { id: 1, frames: [], ...call, when: 'stall' });
    const [finding] = pictureOf(story, { t: 6.1 * SECOND, signal: 'SIGTERM' }).findings;
    assert.match(finding!.text, /It was last seen in a call of the system: open \/tmp\/pipe\.$/);
  });

  it('is not told of what it was in before its loop last turned', () => {
    const { activity } = worker(pictureOf(stalled(1.5 * SECOND), { t: 6.1 * SECOND, signal: 'SIGTERM' }));
    assert.equal(activity?.unresponsive?.in, undefined);
  });
});

describe('a thread that slept in a call of the system when main ended', () => {
  it('is the one that the process waits for, by the name of the call', () => {
    const story = told([])
      .tell(0, 2.02 * SECOND, 'stack', { id: 1, frames: [], within: 'open /tmp/pipe', sleeps: true, when: 'exit' })
      .tell(0, 2.03 * SECOND, 'last-look', { heard: [], unheard: [1], idle: [], busy: [] });
    const picture = pictureOf(story, { t: 9 * SECOND, signal: 'SIGKILL' });
    const [finding] = picture.findings;
    assert.equal(finding?.rule, 'unstoppable-thread');
    assert.match(finding.text, /“task\.js”, which sleeps in a call .* \(open \/tmp\/pipe\)\.$/);
    assert.equal(worker(picture).stack, undefined, 'it has no place in the program');
  });
});
