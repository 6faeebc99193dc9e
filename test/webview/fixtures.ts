// Snapshots as the adapter sends them, of the programs that the timeline is looked at with.
import type {
  Alive,
  EndedBy,
  Ending,
  Finding,
  Flip,
  HoldSpan,
  ProcessPicture,
  Snapshot,
  ThreadActivity,
  ThreadPicture,
  Unfinished,
} from '../../src/protocol/picture';
import { noThreadActivity } from '../../src/model/conclusions/activityPicture';
import { NODE } from '../../src/model/runtimes/node/node';
import type { Site } from '../../src/protocol/probeEvents';
import { ruleOf, type RuleId } from '../../src/protocol/rules';

export const PROCESS = '4711-1000000';
/** µs; some moment of a machine that has run for a while. */
export const START = 812_345_678_901;
const MS = 1000;

export const at = (line: number, file = '/home/ada/demo/main.js'): Site => ({ file, line, column: 3 });

export function ending(by: EndedBy, t: number, because: string, more: Partial<Ending> = {}): Ending {
  const fromOutside = !['returned', 'exit-call', 'error', 'unknown', 'lost-contact'].includes(by);
  return { t: START + t * MS, by, because, fromOutside, ...more };
}

export const flip = (t: number, value: boolean, line?: number): Flip => ({
  t: START + t * MS,
  value,
  ...(line === undefined ? {} : { at: at(line) }),
});

export interface ThreadOptions extends Partial<ThreadPicture> {
  id: number;
  /** ms after the process */
  start: number;
  process?: string;
}

/** A worker of main's that keeps the process alive, unless told otherwise. */
export function thread({ id, start, process = PROCESS, ...more }: ThreadOptions): ThreadPicture {
  const main = id === 0;
  return {
    key: `${process}:${id}`,
    process,
    id,
    owner: main ? null : `${process}:0`,
    kind: main ? 'main' : 'worker',
    label: main ? 'main' : `worker ${id}`,
    startedAt: START + start * MS,
    ...(main ? {} : { startSite: at(10 + id) }),
    onlineAt: START + (main ? start : start + 24) * MS,
    state: more.ended ? 'ended' : 'alive',
    probed: true,
    refs: main ? [] : [flip(start, true, 10 + id)],
    keepsAlive: [flip(start, true)],
    terminateCalls: [],
    ...more,
  };
}

export function processPicture(more: Partial<ProcessPicture> = {}): ProcessPicture {
  return {
    key: PROCESS,
    pid: 4711,
    run: 0,
    runtime: { id: 'node', label: 'Node 22.23.3', oldest: '20', endsWithOwner: true, ...NODE.words },
    version: '22.23.3',
    argv: ['/usr/bin/node', '/home/ada/demo/main.js'],
    cwd: '/home/ada/demo',
    startedAt: START,
    wall: Date.UTC(2026, 10, 23, 9, 30, 0),
    supported: true,
    unseen: [],
    lost: 0,
    problems: [],
    over: false,
    holds: [],
    ...more,
  };
}

export function snapshotOf(threads: ThreadPicture[], more: Partial<Snapshot> = {}): Snapshot {
  return {
    revision: 1,
    title: 'main.js',
    now: START + 1200 * MS,
    processes: [processPicture()],
    pools: [],
    findings: [],
    threads,
    damaged: 0,
    complete: false,
    notices: [],
    ...more,
  };
}

const daemonFrom = (start: number, unref: number, line: number): Partial<ThreadPicture> => ({
  refs: [flip(start, true, line), flip(unref, false, line + 1)],
  keepsAlive: [flip(start, true, line), flip(unref, false, line + 1)],
});

const EXIT_MS = 1860;
const EXIT_BECAUSE = 'nothing kept it alive any more';
const killed = ending('main-exit', EXIT_MS, `killed with main: ${EXIT_BECAUSE}`);

/** The demo after its end: every sign that matters is in it. */
export function demo(): Snapshot {
  const exit = ending('returned', EXIT_MS, EXIT_BECAUSE, { code: 0 });
  return snapshotOf(
    [
      thread({ id: 0, start: 0, ended: exit }),
      thread({ id: 1, start: 60, label: 'logger', name: 'logger', ...daemonFrom(60, 61, 12), ended: killed }),
      thread({
        id: 2,
        start: 95,
        label: 'holder',
        refs: [flip(95, true, 16), flip(400, false, 21), flip(760, true, 25)],
        keepsAlive: [flip(95, true, 16), flip(400, false, 21), flip(760, true, 25)],
        ended: ending('returned', 1855, 'its work was done', { code: 0 }),
      }),
      thread({ id: 3, start: 130, label: 'build', ended: ending('returned', 1180, 'its work was done', { code: 0 }) }),
      thread({
        id: 4,
        start: 310,
        label: 'minify',
        owner: `${PROCESS}:3`,
        ended: ending('owner-exit', 1180, 'killed with its owner “build”: its work was done'),
      }),
      thread({
        id: 5,
        start: 170,
        label: 'flaky',
        error: {
          t: START + 640 * MS,
          name: 'TypeError',
          message: 'page is not iterable',
          at: at(3, '/home/ada/demo/flaky.js'),
        },
        ended: ending('error', 641, 'uncaught TypeError: page is not iterable at flaky.js:3', {
          code: 1,
          at: at(3, '/home/ada/demo/flaky.js'),
        }),
      }),
      thread({
        id: 6,
        start: 210,
        label: 'stuck',
        terminateCalls: [{ t: START + 900 * MS, at: at(41) }],
        ended: ending('terminate', 912, 'terminate() was called at main.js:41', { code: 1, at: at(41) }),
      }),
      thread({ id: 7, start: 250, label: '<img src=x onerror=alert(1)>', ...daemonFrom(250, 251, 50), ended: killed }),
    ],
    {
      revision: 90,
      processes: [processPicture({ exit, over: true })],
      complete: true,
      now: START + 1900 * MS,
    },
  );
}

/** The demo in mid-run: some have ended, one starts, one is a daemon. */
export function demoLive(): Snapshot {
  const { threads } = demo();
  const now = 700;
  const alive = threads
    .filter((t) => t.startedAt <= START + now * MS)
    .map((t): ThreadPicture => {
      if (t.ended && t.ended.t <= START + now * MS) return t;
      const { ended: _, ...rest } = t;
      const until = (f: Flip): boolean => f.t <= START + now * MS;
      return {
        ...rest,
        state: 'alive',
        terminateCalls: [],
        refs: t.refs.filter(until),
        keepsAlive: t.keepsAlive.filter(until),
      };
    });
  const { onlineAt: _, ...starting } = thread({ id: 8, start: 680, label: 'late.js', state: 'starting' });
  return snapshotOf([...alive, starting], { revision: 40, now: START + now * MS });
}

/** One lane for each ending in the vocabulary. */
export function everyEnding(): Snapshot {
  const exit = ending('exit-call', 1000, 'process.exit(3) at main.js:88', { code: 3, at: at(88) });
  const by: [EndedBy, string][] = [
    ['returned', 'its work was done'],
    ['exit-call', 'process.exit(2) at worker.js:7'],
    ['terminate', 'terminate() was called at main.js:41'],
    ['error', 'uncaught RangeError: Invalid array length at worker.js:12'],
    ['out-of-memory', 'ran out of memory: it reached its heap limit'],
    ['owner-exit', 'killed with its owner “pool”: its work was done'],
    ['signal', 'killed by SIGKILL'],
    ['lost-contact', 'contact was lost while it ran'],
    ['unknown', 'ended with code 1; nothing recorded says how'],
  ];
  const lanes = by.map(([end, because], i) =>
    thread({ id: i + 1, start: 40 + i * 20, label: end, ended: ending(end, 420 + i * 40, because) }),
  );
  const main = thread({ id: 0, start: 0, ended: exit });
  const daemon = thread({ id: 20, start: 300, label: 'main-exit', ...daemonFrom(300, 310, 70) });
  daemon.ended = ending('main-exit', 1000, `killed with main: ${exit.because}`, { at: at(88) });
  const { ...unseen } = thread({
    id: 21,
    start: 350,
    label: 'keeps not known',
    refs: [],
    keepsAlive: [],
    probed: false,
  });
  unseen.ended = ending('main-exit', 1000, `killed with main: ${exit.because}`, { at: at(88) });
  return snapshotOf([main, ...lanes, daemon, unseen], {
    processes: [processPicture({ exit, over: true })],
    complete: true,
    now: START + 1100 * MS,
  });
}

/** `count` lanes, half of them daemons, all killed at the end. */
export function manyLanes(count: number): Snapshot {
  const exit = ending('returned', 5000, EXIT_BECAUSE, { code: 0 });
  const workers = Array.from({ length: count - 1 }, (_, i) => {
    const start = 20 + ((i * 37) % 3500);
    const more = i % 2 === 0 ? daemonFrom(start, start + 40, 9) : {};
    const ended =
      i % 2 === 0 ? ending('main-exit', 5000, EXIT_BECAUSE) : ending('returned', start + 900, 'its work was done');
    return thread({ id: i + 1, start, label: `pool worker ${i + 1}`, ...more, ended });
  });
  return snapshotOf([thread({ id: 0, start: 0, ended: exit }), ...workers], {
    processes: [processPicture({ exit, over: true })],
    complete: true,
    now: START + 5100 * MS,
  });
}

/** Two runs; in the second, two processes, of which one is too old to be observed. */
export function severalProcesses(): Snapshot {
  const exit = (t: number): Ending => ending('returned', t, EXIT_BECAUSE, { code: 0 });
  const second = '4713-2000000';
  const old = '4714-2000001';
  const first = processPicture({ exit: exit(300), over: true });
  return snapshotOf(
    [
      thread({ id: 0, start: 0, ended: exit(300) }),
      thread({ id: 0, start: 1000, process: second, ended: exit(1800) }),
      thread({
        id: 1,
        start: 1100,
        process: second,
        label: 'indexer',
        ended: ending('returned', 1700, 'its work was done'),
      }),
      thread({
        id: 2,
        start: 1150,
        process: second,
        label: 'watcher',
        ...daemonFrom(1150, 1200, 8),
        ended: ending('main-exit', 1800, `killed with main: ${EXIT_BECAUSE}`),
      }),
    ],
    {
      processes: [
        first,
        processPicture({ key: second, pid: 4713, run: 1, startedAt: START + 1000 * MS, exit: exit(1800), over: true }),
        processPicture({
          key: old,
          pid: 4714,
          run: 1,
          version: '16.20.2',
          startedAt: START + 1050 * MS,
          argv: ['node', '/srv/tools/old.js'],
          supported: false,
          over: true,
        }),
      ],
      complete: true,
      now: START + 1900 * MS,
      notices: [{ id: 'disk', severity: 'warning', text: 'The disk is full: the recording stops here.' }],
    },
  );
}

/** A program without workers. */
export function mainAlone(): Snapshot {
  return snapshotOf([thread({ id: 0, start: 0 })]);
}

/** The demo, and all that can be known of its logger. */
export function demoWithActivity(): Snapshot {
  const snapshot = demo();
  const activity: ThreadActivity = {
    ...noThreadActivity(),
    toOwner: {
      posted: 12_345,
      received: 12_000,
      waiting: 345,
      unheard: 2,
      queue: { count: 12_000, mean: 480, longest: 91_000 },
    },
    fromOwner: { posted: 800, received: 797, waiting: 3, unheard: 0, queue: { count: 797, mean: 75, longest: 4_000 } },
  };
  const unfinished: Unfinished[] = [
    {
      what: 'write',
      text: 'writing 64.0 kB to /home/ada/projects/a-rather-long-name-for-a-project/var/log/production/2026-11-24.log',
      fate: 'completed',
    },
    { what: 'write', text: 'writing 22 B to standard output', fate: 'unknown' },
    { what: 'sent', text: '345 messages that it had posted had not reached its owner', fate: 'lost' },
    { what: 'mail', text: '3 messages from its owner had not reached it', fate: 'lost' },
    { what: 'wait', text: 'it waited in Atomics.wait', fate: 'unknown' },
  ];
  const threads = snapshot.threads.map((t) => (t.label === 'logger' ? { ...t, activity, unfinished } : t));
  return { ...snapshot, threads };
}

export function finding(rule: RuleId, more: Partial<Finding> = {}): Finding {
  const { severity, advice } = ruleOf(rule);
  return {
    id: `${rule} ${more.thread ?? ''}`,
    rule,
    severity,
    process: PROCESS,
    t: START + EXIT_MS * MS,
    at: at(11),
    text: `What was seen of ${rule}.`,
    advice,
    related: [],
    ...more,
  };
}

export const hold = (from: number, to: number | undefined, by: string[], count = by.length): HoldSpan => ({
  from: START + from * MS,
  ...(to === undefined ? {} : { to: START + to * MS }),
  by,
  threads: by.flatMap((name) => DEMO_IDS[name] ?? []).map((id) => `${PROCESS}:${id}`),
  count,
});

const DEMO_IDS: Record<string, number> = { logger: 1, holder: 2, build: 3, minify: 4, flaky: 5, stuck: 6 };

const DEMO_HOLDS = [
  hold(60, 61, ['logger']),
  hold(95, 400, ['holder', 'build', 'flaky'], 4),
  hold(400, 641, ['build', 'flaky', 'stuck']),
  hold(641, 760, ['build', 'stuck']),
  hold(760, 1180, ['holder', 'build', 'stuck']),
  hold(1180, 1855, ['holder']),
];

/** The demo after its end, with who held it and what is wrong with it. */
export function demoWithFindings(): Snapshot {
  const snapshot = demoWithActivity();
  const exit = snapshot.processes[0]!.exit!;
  return {
    ...snapshot,
    processes: [processPicture({ exit, over: true, holds: DEMO_HOLDS })],
    findings: [
      finding('cut-off-while-writing', {
        thread: `${PROCESS}:1`,
        text: 'The daemon “logger” was killed with main while it wrote 64.0 kB to var/log/production/2026-11-24.log.',
        related: [
          { text: 'unref() was called', at: at(12) },
          { text: 'It was writing', at: at(31, '/home/ada/demo/logger.js') },
        ],
      }),
      finding('unread-messages', {
        thread: `${PROCESS}:1`,
        text: '345 messages that the daemon “logger” had posted never reached main, and 3 of main’s never reached it.',
        at: at(19),
      }),
      finding('terminate-after-post', {
        severity: 'info',
        thread: `${PROCESS}:6`,
        at: at(41),
        text: 'terminate() was called on “<img src=x onerror=alert(1)>” 2 ms after the last postMessage().',
      }),
    ],
  };
}

/** Main is done and waits for its workers. */
export function waiting(more: Partial<Alive> = {}): Snapshot {
  const alive: Alive = {
    t: START + 1500 * MS,
    waitingSince: START + 300 * MS,
    holders: [
      {
        kind: 'worker',
        what: 'worker “layout”',
        thread: `${PROCESS}:1`,
        since: START + 60 * MS,
        at: at(12),
        because: ['2 timers', 'a listener on parentPort'],
      },
      { kind: 'resource', what: '1 server', at: at(40, '/home/ada/demo/server.js'), because: [] },
      { kind: 'broadcast', what: 'BroadcastChannel “news”', because: [] },
    ],
    more: 2,
    stuck: false,
    ...more,
  };
  return snapshotOf(
    [
      thread({ id: 0, start: 0 }),
      thread({ id: 1, start: 60, label: 'layout', name: 'layout' }),
      thread({ id: 2, start: 90, label: 'index.js', ...daemonFrom(90, 91, 20) }),
    ],
    {
      revision: 70,
      now: START + 1500 * MS,
      processes: [processPicture({ alive, holds: [hold(60, undefined, ['layout'])] })],
      findings: [finding('unref-undone', { thread: `${PROCESS}:2`, text: 'A listener refs “index.js” again.' })],
    },
  );
}
