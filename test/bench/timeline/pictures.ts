// The picture of a generated trace's threads, as the adapter would send it.
import type { ProcessPicture, Snapshot, ThreadActivity, ThreadPicture } from '../../../src/protocol/picture';
import { runtimePicture } from '../../../src/model/runtimes/runtimes';
import { NODE } from '../../../src/model/runtimes/node/node';
import type { Trace } from './trace';

export const PROCESS = '4711-1000000';
/** µs on the adapter's clock; some moment of a machine that has run for a while. */
export const ORIGIN = 812_345_678_901;
const SITE = { file: '/home/ada/app/pool.js', line: 12, column: 3 };

export const keyOf = (lane: number): string => `${PROCESS}:${lane}`;

/** `live`: none of the threads has ended, and what they did so far is the trace. */
export function snapshotFor(trace: Trace, live: boolean): Snapshot {
  return {
    revision: 1,
    title: 'generated',
    now: ORIGIN + trace.length,
    processes: [processPicture(trace, live)],
    threads: trace.labels.map((_, lane) => threadPicture(trace, lane, live)),
    pools: [],
    findings: [],
    damaged: 0,
    complete: !live,
    notices: [],
  };
}

function processPicture({ length, labels }: Trace, live: boolean): ProcessPicture {
  const exit = { t: ORIGIN + length, by: 'returned' as const, because: 'nothing kept it alive', fromOutside: false };
  return {
    key: PROCESS,
    pid: 4711,
    run: 0,
    runtime: runtimePicture(NODE, '22.23.3'),
    version: '22.23.3',
    argv: ['/usr/bin/node', '/home/ada/app/main.js'],
    cwd: '/home/ada/app',
    startedAt: ORIGIN,
    wall: Date.UTC(2026, 10, 23, 9, 30, 0),
    supported: true,
    unseen: [],
    lost: 0,
    problems: [],
    over: !live,
    holds: [{ from: ORIGIN, by: ['worker 1', 'worker 2', 'worker 3'], threads: [], count: labels.length - 1 }],
    ...(live ? {} : { exit }),
  };
}

export function threadPicture(trace: Trace, lane: number, live: boolean): ThreadPicture {
  const main = lane === 0;
  const startedAt = ORIGIN + trace.starts[trace.first[lane]!]!;
  const daemon = lane % 3 === 2;
  const start = { t: startedAt, value: true, at: SITE };
  const flips = daemon ? [start, { t: startedAt + 900, value: false, at: SITE }] : [start];
  const because = 'its code was done';
  return {
    key: keyOf(lane),
    process: PROCESS,
    id: lane,
    owner: main ? null : keyOf(0),
    kind: main ? 'main' : 'worker',
    label: trace.labels[lane]!,
    startedAt,
    ...(main ? {} : { startSite: SITE }),
    onlineAt: startedAt + 24_000,
    state: live ? 'alive' : 'ended',
    probed: true,
    refs: main ? [] : flips,
    keepsAlive: flips,
    terminateCalls: [],
    activity: activityOf(lane),
    ...(live ? {} : { ended: { t: ORIGIN + trace.ends[lane]!, by: 'returned', because, fromOutside: false } }),
  };
}

export function activityOf(count: number): ThreadActivity {
  const traffic = {
    posted: count,
    received: count,
    unheard: 0,
    waiting: 0,
    queue: { count, mean: 120, longest: 4000 },
  };
  return {
    toOwner: traffic,
    fromOwner: traffic,
    channels: [],
    broadcasts: [],
    otherPorts: { posted: 0, received: 0 },
    blocks: count,
    blockedFor: count * 300,
    stalls: { count: 0, longest: 0 },
    writing: [],
    openFiles: [],
    loop: { t: ORIGIN, busy: 0.4 },
    heap: { t: ORIGIN, usedKiB: 5200, limitKiB: 2_096_128 },
    dropped: 0,
  };
}
