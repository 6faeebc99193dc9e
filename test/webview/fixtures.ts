// Parts of pictures, for what is tested of one part alone. A test keeps them to what the model says; whole programs are in
// stories.ts, where the model draws them.
import { runtimePicture } from '../../src/model/runtimes/runtimes';
import { NODE } from '../../src/model/runtimes/node/node';
import type {
  EndedBy,
  Ending,
  Finding,
  Flip,
  HiddenThreads,
  HoldSpan,
  ProcessPicture,
  Snapshot,
  ThreadPicture,
} from '../../src/protocol/picture';
import { leastSeverity } from '../../src/model/conclusions/cutOff';
import { ruleOf, type RuleId } from '../../src/protocol/rules';
import { mergedSnapshot, type Part } from '../../src/sessions/together/mergedPictures';
import { PROCESS, START, at, demoLive, severalProcesses } from './stories';

export * from './stories';

const MS = 1000;

/** A session that lives, and one that has ended, of two processes. */
export const PARTS: readonly Part[] = [
  { id: 'web', title: 'Web server', snapshot: { ...demoLive(), now: START + 1900 * MS } },
  { id: 'jobs', title: 'main.js', snapshot: severalProcesses() },
];
export const sessionsTogether = (): Snapshot => mergedSnapshot(PARTS, { title: 'All together', revision: 60 });

/** With a pool of four. */
export const hiddenThreads = (busy: HiddenThreads['busy'] = []): HiddenThreads => ({
  label: 'native threads',
  threads: 10,
  pool: 4,
  time: 1_250_000,
  t: START + 2e6,
  busy,
});

export function ending(by: EndedBy, t: number, because: string, more: Partial<Ending> = {}): Ending {
  const fromOutside = !['returned', 'exit-call', 'error', 'unknown', 'lost-contact'].includes(by);
  const severity = leastSeverity({ by });
  return { t: START + t * MS, by, because, fromOutside, ...(severity ? { severity } : {}), ...more };
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
    state: !more.ended ? 'alive' : more.ended.by === 'lost-contact' ? 'lost-contact' : 'ended',
    probed: true,
    refs: main ? [] : [flip(start, true, 10 + id)],
    keepsAlive: [main ? flip(start, true) : flip(start, true, 10 + id)],
    terminateCalls: [],
    ...more,
  };
}

export function processPicture(more: Partial<ProcessPicture> = {}): ProcessPicture {
  return {
    key: PROCESS,
    pid: 4711,
    run: 0,
    runtime: runtimePicture(NODE, '22.23.3'),
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

export function finding(rule: RuleId, more: Partial<Finding> = {}): Finding {
  const { severity, advice } = ruleOf(rule);
  return {
    id: `${rule} ${more.thread ?? ''}`,
    rule,
    severity,
    process: PROCESS,
    t: START + 1860 * MS,
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
