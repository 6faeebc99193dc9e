// Several sessions as one picture: which are shown together, and that their merged picture is what their own pictures say.
import fc from 'fast-check';
import assert from 'node:assert/strict';
import { applyDelta, type Delta, type ProcessPicture, type Snapshot } from '../../../src/protocol/picture';
import type { Look, Seen, SeenMessages } from '../../../src/protocol/tracks';
import type { Session } from '../../../src/sessions/stores/sessionStore';
import { togetherOf } from '../../../src/sessions/together/group';
import { mergedDelta, mergedSnapshot, type Part } from '../../../src/sessions/together/mergedPictures';
import { looksOf, measuresOf, mergedMeasured, mergedSeen } from '../../../src/sessions/together/mergedTracks';
import { finding, processPicture, snapshotOf, thread } from '../../webview/fixtures';

const TITLE = 'All';
const MS = 1000;

const own = (key: string, more: Partial<ProcessPicture> = {}): ProcessPicture => processPicture({ key, ...more });
const part = (id: string, snapshot: Partial<Snapshot>): Part => ({
  id,
  title: `${id}.js`,
  snapshot: snapshotOf([], { processes: [], ...snapshot }),
});
const merged = (...parts: Part[]): Snapshot => mergedSnapshot(parts, { title: TITLE, revision: 1 });

describe('sessions that run at the same time', () => {
  const session = (id: string, since: number, until?: number, more: Partial<Session> = {}): Session => ({
    id,
    since,
    isRecording: false,
    snapshot: snapshotOf([], { title: `${id[0]}.js`, now: until ?? 1e9, complete: until !== undefined }),
    ...more,
  });
  const ids = (...sessions: Session[]): string => togetherOf(sessions).map(({ id }) => id).join(); // prettier-ignore

  it('are shown together, the one that began first before the others', () => {
    assert.equal(ids(session('b', 200), session('a', 100)), 'a,b');
    assert.equal(ids(session('a', 100, 150), session('b', 120, 180)), 'a,b', 'when all are over, too');
    assert.equal(ids(session('a', 0, 200), session('b', 100, 300), session('c', 250)), 'a,b,c', 'one after the other');
  });

  it('are not shown with those that ended before', () => {
    assert.equal(ids(session('a', 0, 100), session('b', 50, 100), session('c', 101)), 'c');
    assert.equal(ids(session('a', 0, 100), session('b', 101, 200)), 'b');
    assert.equal(ids(), '');
  });

  it('are shown without a run that was started once more since, and without recordings', () => {
    assert.equal(
      ids(session('server', 0), session('client', 10, 20), session('client again', 30)),
      'server,client again',
    );
    assert.equal(ids(session('client', 0), session('client again', 30)), 'client,client again', 'both live');
    assert.equal(ids(session('a', 0), session('b', 10, 20, { isRecording: true })), 'a');
  });
});

describe('the merged picture of sessions', () => {
  it('has the processes of each, with its title, and the threads, pools and findings of them all', () => {
    const a = part('a', {
      processes: [own('1-1'), own('3-3')],
      threads: [thread({ id: 0, start: 0, process: '1-1' })],
      findings: [finding('cut-off-while-writing', { process: '1-1', t: 5, severity: 'warning' })],
    });
    const b = part('b', {
      processes: [own('2-2')],
      threads: [0, 1].map((id) => thread({ id, start: 0, process: '2-2' })),
      findings: [finding('cut-off-while-writing', { process: '2-2', t: 9, severity: 'error' })],
      damaged: 2,
      notices: [{ id: 'disk', severity: 'warning', text: 'The disk is full.' }],
    });
    const { processes, threads, findings, damaged, notices, complete } = merged(a, b);
    assert.deepEqual(
      processes.map(({ key, session }) => [key, session]),
      [
        ['1-1', { title: 'a.js', order: 0 }],
        ['3-3', { title: 'a.js', order: 0 }],
        ['2-2', { title: 'b.js', order: 1 }],
      ],
    );
    assert.deepEqual(threads.map(({ key }) => key), ['1-1:0', '2-2:0', '2-2:1']); // prettier-ignore
    assert.deepEqual(findings.map(({ process }) => process), ['2-2', '1-1'], 'gravest first'); // prettier-ignore
    assert.equal(damaged, 2);
    assert.deepEqual(notices, [{ id: 'b disk', severity: 'warning', text: 'b.js: The disk is full.' }]);
    assert.equal(complete, false);
  });

  it('has the latest run of each, as one run', () => {
    const again = part('a', {
      processes: [own('1-1', { run: 0, over: true }), own('2-2', { run: 1 })],
      threads: ['1-1', '2-2'].map((process) => thread({ id: 0, start: 0, process })),
    });
    const { processes, threads } = merged(again, part('b', { processes: [own('3-3')] }));
    assert.deepEqual(processes.map(({ key, run }) => [key, run]), [['2-2', 0], ['3-3', 0]]); // prettier-ignore
    assert.deepEqual(threads.map(({ key }) => key), ['2-2:0']); // prettier-ignore
  });

  it('has a process that two sessions know once, as the first one knows it', () => {
    const [a, b] = ['a', 'b'].map((id) =>
      part(id, {
        processes: [own('1-1', { pid: 1 })],
        threads: [thread({ id: 0, start: 0, process: '1-1', label: id })],
      }),
    );
    const { processes, threads } = merged(a!, b!);
    assert.deepEqual(processes.map(({ session }) => session!.title), ['a.js']); // prettier-ignore
    assert.deepEqual(threads.map(({ label }) => label), ['a']); // prettier-ignore
  });

  it('lives on when one session ends: what that left open is over', () => {
    const a = part('a', { processes: [own('1-1')], threads: [thread({ id: 0, start: 0, process: '1-1' })] });
    const b = part('b', { processes: [own('2-2')] });
    const delta: Delta = { ...a.snapshot, from: 1, revision: 2, complete: true, processes: [], threads: [] };
    const after = [{ ...a, snapshot: applyDelta(a.snapshot, delta)! }, b];
    const change = mergedDelta([a, b], after, 'a', delta, { title: TITLE, revision: 2 })!;
    assert.equal(change.complete, false);
    assert.deepEqual(change.processes.map(({ key, over }) => [key, over]), [['1-1', true]]); // prettier-ignore
    const ended = { ...b, snapshot: { ...b.snapshot, complete: true } };
    assert.equal(merged(after[0]!, ended).complete, true);
  });
});

//#region any deltas in any order
type Op =
  | { kind: 'thread'; process: number; id: number }
  | { kind: 'end' | 'forget'; process: number; id: number }
  | { kind: 'process'; process: number }
  | { kind: 'process over'; process: number }
  | { kind: 'sum up'; process: number }
  | { kind: 'finding'; process: number; t: number }
  | { kind: 'complete' };
interface Step {
  session: number;
  op: Op;
}

const SESSIONS = 3;
const key = (session: number, process: number): string =>
  process === 0 ? '7-7' : `${session}${process}-${session}${process}`; // the first may be known to several

/** One session that does as it is told; gives the delta of each step, as an adapter would. */
class Played {
  snapshot: Snapshot;
  constructor(private readonly session: number) {
    this.snapshot = snapshotOf([], { title: `${session}.js`, processes: [], now: 0 });
  }

  step(op: Op): Delta | undefined {
    const { snapshot } = this;
    if (snapshot.complete) return undefined;
    const delta = this.changeOf(op);
    if (!delta) return undefined;
    const { revision, now, title, damaged, notices } = snapshot;
    const whole: Delta = {
      ...{ from: revision, revision: revision + 1, now: now + MS, title, damaged, notices, complete: false },
      ...{ processes: [], threads: [], ...delta },
    };
    this.snapshot = applyDelta(snapshot, whole)!;
    return whole;
  }

  private changeOf(op: Op): Partial<Delta> | undefined {
    const { processes, threads, findings, earlier = [] } = this.snapshot;
    if (op.kind === 'complete') return { complete: true };
    const process = processes.find((one) => one.key === key(this.session, op.process));
    if (op.kind === 'process') {
      const isRestart = processes.length > 0 && processes.every(({ over }) => over);
      const run = Math.max(0, ...processes.map((one) => one.run)) + Number(isRestart);
      return process ? undefined : { processes: [own(key(this.session, op.process), { run })] };
    }
    if (!process) return undefined;
    if (op.kind === 'process over') return { processes: [{ ...process, over: true }] };
    if (op.kind === 'finding')
      return { findings: [...findings, finding('cut-off-while-writing', { process: process.key, t: op.t })] };
    if (op.kind === 'sum up') {
      const removed = threads.filter((one) => one.process === process.key).map((one) => one.key);
      return { removedProcesses: [process.key], removed, earlier };
    }
    const found = threads.find((one) => one.key === `${process.key}:${op.id}`);
    if (op.kind === 'thread')
      return found ? undefined : { threads: [thread({ id: op.id, start: 0, process: process.key })] };
    if (!found) return undefined;
    if (op.kind === 'end') return { threads: [{ ...found, state: 'ended' }] };
    const sums = { ...SUMS, key: `${process.key}~${op.id}`, process: process.key };
    return { removed: [found.key], earlier: [...earlier, sums] };
  }
}

const SUMS = {
  ...{ owner: null, label: 'x.js', count: 1, endings: { returned: 1 }, daemons: 0, first: 1, last: 2, dropped: 0 },
  lives: { shortest: 1, longest: 1, total: 1 },
};

/** What a view knows that hears of all steps; a whole picture where no delta says it. */
function watched(steps: readonly Step[]): { seen: Snapshot; parts: Part[]; wholes: number } {
  const all = Array.from({ length: SESSIONS }, (_, i) => new Played(i));
  const partsNow = (): Part[] => all.map(({ snapshot }, i) => ({ id: `s${i}`, title: snapshot.title, snapshot }));
  let [parts, revision, wholes] = [partsNow(), 1, 0];
  let seen = mergedSnapshot(parts, { title: TITLE, revision });
  for (const { session, op } of steps) {
    const delta = all[session]!.step(op);
    if (!delta) continue;
    const before = parts;
    parts = partsNow();
    const around = { title: TITLE, revision: ++revision };
    const change = mergedDelta(before, parts, `s${session}`, delta, around);
    if (!change) wholes++;
    const next = change ? applyDelta(seen, change) : mergedSnapshot(parts, around);
    assert.ok(next, 'no delta is missed');
    seen = next;
  }
  return { seen, parts, wholes };
}

const byKey = (a: { key: string }, b: { key: string }): number => (a.key < b.key ? -1 : 1);
/** Views sort by themselves. */
const sorted = ({ revision: _, processes, threads, earlier = [], ...rest }: Snapshot) => ({
  ...rest,
  processes: [...processes].sort(byKey),
  threads: [...threads].sort(byKey),
  earlier: [...earlier].sort(byKey),
});

const operation: fc.Arbitrary<Op> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('process' as const), process: fc.nat(3) }) },
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constantFrom('thread' as const, 'end' as const, 'forget' as const),
      process: fc.nat(3),
      id: fc.nat(3),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constantFrom('process over' as const, 'sum up' as const), process: fc.nat(3) }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('finding' as const), process: fc.nat(3), t: fc.nat(9) }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'complete' as const }) },
);
const steps = fc.array(fc.record({ session: fc.nat(SESSIONS - 1), op: operation }), { maxLength: 60 });

describe('the deltas of sessions that are shown together', () => {
  it('lead to what the sessions’ own pictures say, whatever comes', () => {
    fc.assert(
      fc.property(steps, (all) => {
        const { seen, parts } = watched(all);
        assert.deepEqual(sorted(seen), sorted(merged(...parts)));
      }),
      { numRuns: 500 },
    );
  });

  it('lead to the same in whatever order those of different sessions come', () => {
    fc.assert(
      fc.property(steps, fc.infiniteStream(fc.nat(SESSIONS - 1)), (all, next) => {
        const queues = Array.from({ length: SESSIONS }, (_, i) => all.filter(({ session }) => session === i));
        const other: Step[] = [];
        for (const i of next) {
          if (other.length === all.length) break;
          const queue = queues[i]!.length > 0 ? queues[i]! : queues.find(({ length }) => length > 0)!;
          other.push(queue.shift()!);
        }
        assert.deepEqual(sorted(watched(other).seen), sorted(watched(all).seen));
      }),
    );
  });

  it('are passed on as deltas, but where the processes of several sessions change', () => {
    const op = (session: number, op: Op): Step => ({ session, op });
    const calm = [
      op(0, { kind: 'process', process: 1 }),
      op(1, { kind: 'process', process: 1 }),
      op(0, { kind: 'thread', process: 1, id: 0 }),
      op(1, { kind: 'thread', process: 1, id: 1 }),
      op(0, { kind: 'end', process: 1, id: 0 }),
      op(0, { kind: 'sum up', process: 1 }),
      op(1, { kind: 'complete' }),
    ];
    assert.equal(watched(calm).wholes, 0);
    const restarted = [op(0, { kind: 'process', process: 1 }), op(0, { kind: 'process over', process: 1 })];
    assert.equal(watched([...restarted, op(0, { kind: 'process', process: 2 })]).wholes, 1);
  });
});
//#endregion

describe('what threads of several sessions did', () => {
  const sessionOf = (process: string): string | undefined => ({ '1-1': 'a', '2-2': 'b' })[process];
  const look: Look = {
    ...{ id: 4, from: 0, to: 100, pixels: 10 },
    threads: ['1-1:0', '2-2:0', '1-1:1', '9-9:0'],
    pools: [{ key: '2-2/0', threads: ['2-2:1', '2-2:2'] }],
    messagesOf: ['2-2:0'],
  };
  const seen = (thread: string, messages?: SeenMessages): Seen => ({
    ...{ id: 4, from: 0, to: 100, pixels: 10, pools: [] },
    lanes: [
      {
        thread,
        x: new Uint16Array(),
        state: new Uint8Array(),
        share: new Uint8Array(),
        busy: new Uint8Array(),
        peak: new Uint8Array(),
      },
    ],
    ...(messages ? { messages } : {}),
  });
  const messages = (thread: string, ...posted: number[]): SeenMessages => ({
    threads: [`${thread} main`, thread],
    from: Uint16Array.from(posted, () => 0),
    to: Uint16Array.from(posted, () => 1),
    posted: Float64Array.from(posted),
    received: Float64Array.from(posted, (t) => t + 1),
    more: 1,
  });

  it('is asked of each session, of its own threads', () => {
    const looks = looksOf(look, sessionOf);
    assert.deepEqual([...looks.keys()], ['a', 'b']);
    assert.deepEqual(looks.get('a'), { ...look, threads: ['1-1:0', '1-1:1'], pools: [], messagesOf: [] });
    assert.deepEqual(looks.get('b'), { ...look, threads: ['2-2:0'] });
    const measures = measuresOf({ id: 1, from: 0, to: 1, threads: look.threads }, sessionOf);
    assert.deepEqual([...measures].map(([id, { threads }]) => [id, threads]), [['a', ['1-1:0', '1-1:1']], ['b', ['2-2:0']]]); // prettier-ignore
  });

  it('is one answer, with messages between threads of the same session, oldest first', () => {
    const answer = mergedSeen([seen('a', messages('a', 10, 30)), undefined, seen('b', messages('b', 20))])!;
    assert.deepEqual(answer.lanes.map(({ thread }) => thread), ['a', 'b']); // prettier-ignore
    const { threads, from, to, posted, received, more } = answer.messages!;
    const told = [...posted].map((t, i) => `${t} ${threads[from[i]!]} ${threads[to[i]!]} ${received[i]!}`);
    assert.deepEqual(told, ['10 a main a 11', '20 b main b 21', '30 a main a 31']);
    assert.equal(more, 2);
    assert.equal(mergedSeen([undefined, undefined]), undefined, 'nothing is known of any');
    const measured = (thread: string) => ({ ...{ id: 1, from: 0, to: 1 }, threads: [{ thread, times: [], posted: 0, received: 0 }] }); // prettier-ignore
    assert.equal(mergedMeasured([measured('a'), undefined, measured('b')])!.threads.length, 2);
  });
});
