// The programs that the timeline is looked at with, told as their probes would tell them: what is shown of them is what
// the model makes of that. Times are ms after the first process.
import { Blocking, FileId, PARENT_PORT, blockArg, portOfWorker } from '../../src/protocol/activity';
import type { Alive, Snapshot } from '../../src/protocol/picture';
import type { Site } from '../../src/protocol/probeEvents';
import { PROBE_PROTOCOL_VERSION } from '../../src/protocol/spool';
import { Story, type ActivityRecord } from '../support/events';
import { ToldSession } from '../support/told';

export const PROCESS = '4711-1000000';
/** µs; some moment of a machine that has run for a while. */
export const START = 812_345_678_901;
const WALL = Date.UTC(2026, 10, 23, 9, 30, 0);
/** How long a worker takes to run its script. */
const START_TAKES = 24;
const EXIT = 1860;
const DRAINED_EVERY = 50;

export const at = (line: number, file = '/home/ada/demo/main.js'): Site => ({ file, line, column: 3 });
const us = (ms: number): number => START + ms * 1000;

interface Start {
  name?: string;
  file?: string;
  owner?: number;
  line?: number;
}

/** One process and its threads. */
class Program extends Story {
  private readonly owners = new Map<number, number>();
  private readonly records = new Map<number, ActivityRecord[]>();

  /** @param until what would be later has not happened yet, in ms */
  constructor(
    private readonly until = Infinity,
    p = PROCESS,
    pid = 4711,
    start = 0,
  ) {
    super(p, pid, START);
    this.begin(us(start), {
      version: '22.23.3',
      argv: ['/usr/bin/node', '/home/ada/demo/main.js'],
      cwd: '/home/ada/demo',
      wall: WALL + start,
    });
  }

  override tell(...[tid, t, k, told]: Parameters<Story['tell']>): this {
    return t <= us(this.until) ? super.tell(tid, t, k, told) : this;
  }

  override end(...[t, how, rest]: Parameters<Story['end']>): this {
    return t <= us(this.until) ? super.end(t, how, rest) : this;
  }

  /** A worker that main starts, unless told otherwise, by a line of its own. */
  start(id: number, t: number, { owner = 0, line = 10 + id, ...called }: Start = {}): this {
    this.owners.set(id, owner);
    return this.tell(owner, us(t), 'thread-start', { id, ...called, at: at(line) });
  }

  /** Its script begins. */
  runs(id: number, t: number): this {
    return this.tell(id, us(t), 'thread-begin', {}).tell(this.owners.get(id)!, us(t), 'thread-online', { id });
  }

  started(id: number, t: number, how: Start = {}): this {
    return this.start(id, t, how).runs(id, t + START_TAKES);
  }

  /** A daemon from `unref` on. */
  daemon(id: number, t: number, unref: number, line: number, how: Start = {}): this {
    return this.start(id, t, how)
      .unref(id, unref, line)
      .runs(id, t + START_TAKES);
  }

  ref(id: number, t: number, line: number): this {
    return this.tell(this.owners.get(id)!, us(t), 'thread-ref', { id, at: at(line) });
  }

  unref(id: number, t: number, line: number): this {
    return this.tell(this.owners.get(id)!, us(t), 'thread-unref', { id, at: at(line) });
  }

  returns(id: number, t: number): this {
    return this.tell(id, us(t), 'exiting', { cause: 'returned', code: 0 }).exits(id, t, 0);
  }

  exitCall(id: number, t: number, code: number, site: Site): this {
    return this.tell(id, us(t), 'exiting', { cause: 'exit-call', code, at: site }).exits(id, t, code);
  }

  throws(id: number, t: number, name: string, message: string, site: Site): this {
    this.tell(id, us(t), 'thread-error', { id, name, message, at: site });
    return this.tell(id, us(t), 'exiting', { cause: 'error', code: 1 }).exits(id, t + 1, 1);
  }

  terminate(id: number, t: number, line: number): this {
    return this.tell(this.owners.get(id)!, us(t), 'terminate-call', { id, at: at(line) });
  }

  /** As its owner sees it. */
  gone(id: number, t: number, code: number, more: { outOfMemory?: true } = {}): this {
    return this.tell(this.owners.get(id)!, us(t), 'thread-exit', { id, code, ...more });
  }

  /** Of what threads do meanwhile, in any order. */
  does(tid: number, records: ActivityRecord[]): this {
    this.records.set(tid, [...(this.records.get(tid) ?? []), ...records]);
    return this;
  }

  /** What threads have done comes out of their rings, every now and then. */
  drained(): this {
    for (const [tid, records] of this.records) {
      const batches = new Map<number, ActivityRecord[]>();
      for (const record of records.sort(([, a], [, b]) => a - b)) {
        const end = us(Math.ceil((record[1] - START) / 1000 / DRAINED_EVERY) * DRAINED_EVERY);
        const batch = batches.get(end);
        if (batch) batch.push(record);
        else batches.set(end, [record]);
      }
      for (const [end, batch] of batches) this.activity(tid, end, batch);
    }
    this.records.clear();
    return this;
  }

  /** Main has run out of work, and the process ends. */
  drains(t: number): this {
    return this.returns(0, t).over(t, 0);
  }

  over(t: number, code: number): this {
    return this.end(us(t), 'exit-status', { code });
  }

  private exits(id: number, t: number, code: number): this {
    this.tell(id, us(t), 'exited', { code });
    return id === 0 ? this : this.gone(id, t, code);
  }
}

interface Shown {
  /** ms */
  now: number;
  complete?: boolean;
  revision?: number;
  notices?: Snapshot['notices'];
}

function shown(programs: Story[], { now, revision = 1, ...around }: Shown): Snapshot {
  const session = new ToldSession({ now: us(now), ...around });
  const events = programs.flatMap((program) => program.events).sort((a, b) => a.t - b.t);
  return { ...session.tell(events).snapshot(), revision };
}

function demoProgram(until?: number): Program {
  return new Program(until)
    .daemon(1, 60, 61, 13, { name: 'logger' })
    .started(2, 95, { name: 'holder' })
    .unref(2, 400, 21)
    .ref(2, 760, 25)
    .started(3, 130, { name: 'build' })
    .started(4, 310, { name: 'minify', owner: 3 })
    .started(5, 170, { name: 'flaky' })
    .started(6, 210, { name: 'stuck' })
    .daemon(7, 250, 251, 51, { name: '<img src=x onerror=alert(1)>' })
    .throws(5, 640, 'TypeError', 'page is not iterable', at(3, '/home/ada/demo/flaky.js'))
    .terminate(6, 900, 41)
    .gone(6, 912, 1)
    .returns(3, 1180)
    .returns(2, 1855)
    .drains(EXIT);
}

/** The demo after its end: every sign that matters is in it. */
export const demo = (): Snapshot => shown([demoProgram()], { now: 1900, complete: true, revision: 90 });

/** The demo in mid-run: some have ended, one starts, one is a daemon. */
export const demoLive = (): Snapshot =>
  shown([demoProgram(700).start(8, 680, { name: 'late.js' })], { now: 700, revision: 40 });

/** The demo after its end, with all that can be known of its logger, and with what is wrong with it. */
export function demoWithFindings(): Snapshot {
  const program = demoProgram();
  logs(program);
  // Two threads take a first message, and no second one: one is terminated right after, the other killed with main.
  for (const [id, second] of [
    [6, 898],
    [7, 1500],
  ] as const) {
    program.does(0, [
      ['post', us(400), portOfWorker(id), 0, 1],
      ['post', us(second), portOfWorker(id), 0, 2],
    ]);
    program.does(id, [['receive', us(401), PARENT_PORT, 0, 1]]);
  }
  return shown([program.drained()], { now: 1900, complete: true, revision: 90 });
}

const LOG = '/home/ada/projects/a-rather-long-name-for-a-project/var/log/production/2026-11-24.log';
const [LOG_FILE, LOG_FD] = [FileId.firstOther, 21];
/** Messages on a way between the logger and main, and how long they take to be delivered, in µs. */
interface Mail {
  posted: number;
  received: number;
  /** Delivered while nobody listened, the first of them. */
  unheard: number;
  mean: number;
  /** That of the last one. */
  longest: number;
}

/** What the logger does until it is killed: it waits, has two writes in flight, and messages are under way both ways. */
function logs(program: Program): void {
  const waits = at(31, '/home/ada/demo/logger.js');
  mail(program, { from: 1, out: PARENT_PORT, to: 0, into: portOfWorker(1) }, TO_MAIN);
  mail(program, { from: 0, out: portOfWorker(1), to: 1, into: PARENT_PORT }, TO_LOGGER);
  program.tell(1, us(1800), 'wait-site', { site: 1, at: waits });
  program.does(1, [
    ...Story.opened(us(1790), LOG_FILE, LOG_FD, LOG),
    ['write', us(1800), LOG_FILE, 64_000, 1],
    ['write', us(1801), FileId.stdout, 22, 2],
    ['block', us(1802), blockArg(Blocking['atomics-wait'], 1)],
  ]);
}

const TO_MAIN: Mail = { posted: 12_345, received: 12_000, unheard: 2, mean: 480, longest: 91_000 };
const TO_LOGGER: Mail = { posted: 800, received: 797, unheard: 0, mean: 75, longest: 4_000 };

interface Way {
  from: number;
  out: number;
  to: number;
  into: number;
}

function mail(
  program: Program,
  { from, out, to, into }: Way,
  { posted, received, unheard, mean, longest }: Mail,
): void {
  const postedAt = (n: number): number => Math.round(us(100) + (n * 1_500_000) / posted);
  const rest = received * mean - longest;
  const usual = Math.floor(rest / (received - 1));
  const slower = rest - usual * (received - 1);
  const took = (n: number): number => (n === received ? longest : n <= slower ? usual + 1 : usual);
  const numbers = Array.from({ length: posted }, (_, i) => i + 1);
  program.does(
    from,
    numbers.map((n) => ['post', postedAt(n), out, 0, n]),
  );
  program.does(
    to,
    numbers.slice(0, received).map((n) => ['receive', postedAt(n) + took(n), into, n <= unheard ? 1 : 0, n]),
  );
}

/** One lane for each ending in the vocabulary. That they all stand in one process is made up, for four would need four. */
export function everyEnding(): Snapshot {
  const program = endingsOfOne()
    .daemon(20, 300, 310, 71, { name: 'main-exit', line: 70 })
    // The record of its start was lost, and the probe is not in it.
    .tell(0, us(350), 'thread-unref', { id: 21 })
    .tell(0, us(374), 'thread-online', { id: 21 })
    .exitCall(0, 1000, 3, at(88))
    .over(1000, 3);
  const killed = new Program().started(8, 160, { name: 'signal' }).end(us(700), 'exit-status', { signal: 'SIGKILL' });
  const crashed = new Program().started(11, 220, { name: 'crash' }).end(us(660), 'exit-status', { signal: 'SIGSEGV' });
  const seen = { site: 1, at: at(4, '/home/ada/demo/worker.js') }; // the last that is heard of it
  const lost = new Program().started(9, 180, { name: 'lost-contact' }).tell(9, us(740), 'wait-site', seen);
  lost.end(us(740), 'lost-contact');
  const around = { now: 1100, complete: true };
  const [snapshot, ...others] = [program, killed, crashed, lost].map((one) => shown([one], around));
  return { ...snapshot!, threads: [...snapshot!.threads, ...others.flatMap(({ threads }) => threads.slice(1))] };
}

function endingsOfOne(): Program {
  return new Program()
    .started(1, 40, { name: 'returned' })
    .returns(1, 420)
    .started(2, 60, { name: 'exit-call' })
    .exitCall(2, 460, 2, at(7, '/home/ada/demo/worker.js'))
    .started(3, 80, { name: 'terminate' })
    .terminate(3, 480, 41)
    .gone(3, 500, 1)
    .started(4, 100, { name: 'error' })
    .throws(4, 540, 'RangeError', 'Invalid array length', at(12, '/home/ada/demo/worker.js'))
    .started(5, 120, { name: 'out-of-memory' })
    .gone(5, 580, 1, { outOfMemory: true })
    .started(6, 140, { name: 'owner-exit', owner: 1 })
    .started(10, 200, { name: 'unknown' })
    .gone(10, 780, 1);
}

/** `count` lanes, half of them daemons that are killed at the end. */
export function manyLanes(count: number): Snapshot {
  const program = new Program();
  for (let id = 1; id < count; id++) {
    const t = 20 + (((id - 1) * 37) % 3500);
    const name = `pool worker ${id}`;
    if (id % 2 === 1) program.daemon(id, t, t + 40, 10, { name });
    else program.started(id, t, { name }).returns(id, t + 900);
  }
  return shown([program.drains(5000)], { now: 5100, complete: true });
}

/** Two runs; in the second, two processes, of which one is too old to be observed. */
export function severalProcesses(): Snapshot {
  const first = new Program().drains(300);
  const second = new Program(undefined, '4713-2000000', 4713, 1000)
    .started(1, 1100, { name: 'indexer' })
    .daemon(2, 1150, 1200, 9, { name: 'watcher' })
    .returns(1, 1700)
    .drains(1800);
  const told = { v: PROBE_PROTOCOL_VERSION, pid: 4714, version: '16.20.2', wall: WALL + 1050 };
  const old = new Story('4714-2000001', 4714).tell(0, us(1050), 'unsupported', told);
  const disk = { id: 'disk', severity: 'warning', text: 'The disk is full: the recording stops here.' } as const;
  return shown([first, second, old], { now: 1900, complete: true, notices: [disk] });
}

/** A program without workers. */
export const mainAlone = (): Snapshot => shown([new Program()], { now: 1200 });

/**
 * Main is done and waits for a worker and for messages.
 * @param more what is known besides of what keeps it alive
 */
export const waiting = (more: Partial<Alive> = {}): Snapshot => waitingOn([], more);

/** For a third as well, of which no line is known. */
export const waitingForThree = (more: Partial<Alive> = {}): Snapshot => waitingOn([5], more);

/** @param ports of main, besides: all that is known of them is that it listens on them */
function waitingOn(ports: number[], more: Partial<Alive>): Snapshot {
  const [broadcast, listens] = [3, { MessagePort: 1 }];
  const program = new Program()
    .started(1, 60, { name: 'layout', line: 12 })
    .daemon(2, 90, 91, 21, { file: '/home/ada/demo/index.js', line: 20 })
    .tell(0, us(280), 'port', { port: broadcast, broadcast: 'news', at: at(30) })
    .resources(0, us(300), listens, [portOfWorker(1), broadcast, ...ports])
    .resources(1, us(400), { ...listens, Timeout: 2 }, [PARENT_PORT]);
  const snapshot = shown([program], { now: 1500, revision: 70 });
  const processes = snapshot.processes.map((one) => ({ ...one, alive: { ...one.alive!, ...more } }));
  return { ...snapshot, processes };
}

/**
 * Python: main starts "holder" and a daemon, "logger", joins "build", which joins "minify", and waits for "holder" after its code.
 * @param until what would be later has not happened yet, in ms
 */
export function pythonShutdown(until = Infinity): Snapshot {
  const main = '/home/ada/demo/main.py';
  const story = new Story(PROCESS, 4711, START).begin(us(0), {
    ...{ runtime: 'python', version: '3.13.0', wall: WALL, cwd: '/home/ada/demo', argv: ['/usr/bin/python3', main] },
  });
  const starts = (id: number, t: number, name: string, { by = 0, daemon = false } = {}): Story =>
    story
      .tell(by, us(t), 'thread-start', { id, name, daemon, at: at(10 + id, main) })
      .tell(id, us(t) + 100, 'thread-begin', {});
  const ends = (id: number, t: number): Story => story.tell(id, us(t), 'thread-exit', { id, code: 0 });
  starts(1, 50, 'holder');
  starts(2, 60, 'logger', { daemon: true });
  starts(3, 70, 'build');
  starts(4, 120, 'minify', { by: 3 });
  const known = (t: number): { until?: number } => (t <= until ? { until: us(t) } : {});
  story.waits(3, us(130), 'join', { whom: 4, at: at(20, main), ...known(600) });
  story.waits(0, us(200), 'join', { whom: 3, at: at(30, main), ...known(650) });
  ends(4, 600);
  ends(3, 650);
  story.tell(0, us(800), 'exiting', { cause: 'returned', code: 0 });
  story.tell(0, us(801), 'exit-phase', { phase: 'threads', waitsFor: [1] });
  ends(1, 1500);
  story.tell(0, us(1501), 'exit-phase', { phase: 'exit-handlers' });
  story.waits(0, us(1510), 'event', { at: at(40, main), until: us(1790) });
  story.tell(0, us(1800), 'exited', { code: 0 }).end(us(1801), 'exit-status', { code: 0 });
  const events = story.events.filter(({ t }) => t <= us(until));
  const now = until === Infinity ? us(1900) : us(until);
  return new ToldSession({ title: 'main.py' }).tell(events).snapshot({ now, complete: until === Infinity });
}

/** Python: a server in a thread of its own has `requests` tasks, beside main, whose loop has five, one for each end that is known. */
export function eventLoops(requests = 30): Snapshot {
  const main = '/home/ada/demo/server.py';
  const story = new Story(PROCESS, 4711, START).begin(us(0), {
    ...{ runtime: 'python', version: '3.13.0', wall: WALL, cwd: '/home/ada/demo', argv: ['/usr/bin/python3', main] },
  });
  story
    .tell(0, us(50), 'thread-start', { id: 1, name: 'server', daemon: true, at: at(11, main) })
    .tell(1, us(51), 'thread-begin', {});
  const of = (line: number): { of: Site; at: Site } => ({ of: at(line, main), at: at(line + 100, main) });
  story
    .asyncTask(0, us(100), 1, { name: 'Task-1', runs: 'main', ...of(20), until: us(1700) })
    .asyncTask(0, us(150), 2, { runs: 'fetch', ...of(30), until: us(600) })
    .asyncTask(0, us(200), 3, { name: 'poller', runs: 'poll', ...of(40), until: us(1200), end: 'cancelled' })
    .asyncTask(0, us(300), 4, { runs: 'parse', ...of(50), until: us(900), end: 'raised', error: 'ValueError: no' })
    .asyncTask(0, us(400), 5, { runs: 'heartbeat', ...of(60) });
  for (let i = 0; i < requests; i++) {
    const t = 200 + ((i * 37) % 1000);
    story.asyncTask(1, us(t), 10 + i, { runs: 'serve', ...of(70), until: us(t + 50 + ((i * 61) % 300)) });
  }
  story
    .tell(0, us(1750), 'exiting', { cause: 'returned', code: 0 })
    .tell(0, us(1800), 'exited', { code: 0 })
    .end(us(1801), 'exit-status', { code: 0 });
  return new ToldSession({ title: 'server.py' }).tell(story.events).snapshot({ now: us(1900), complete: true });
}
