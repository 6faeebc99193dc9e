// What must be seen of a plan's threads, by going through it step by step. Pure.
import type { EndedBy } from '../../src/protocol/picture';
import { waitsIn, type Action, type AtExit, type Fail, type Plan, type Start, type Starting } from './plan';

export interface Open {
  file: string;
  bytes: number;
}

/**
 * Messages from its owner: posted, and how many of those it has received at least and at most. What is posted before a
 * step that it takes part in has arrived by then; what comes last may come too late.
 */
export interface Down {
  posted: number;
  least: number;
  most: number;
}

/** `by`: its start, ref() or unref(), or a listener for its messages that was removed or added. */
export interface Flip {
  value: boolean;
  by: 'call' | 'listener' | 'once';
}

export interface ExpectedThread {
  name: string;
  owner: string;
  how?: Start;
  /** With an environment that lacks NODE_OPTIONS it runs without the probe, and then only its owner tells of it. */
  probed: boolean;
  /** Terminated so early that it is chance how far it came. */
  isFlash: boolean;
  /** Whether it keeps its owner's loop turning: true at its start, then each flip. */
  refs: Flip[];
  /** An exit handler of its owner may ref it in the end. */
  mayBeRefd: boolean;
  terminateCalls: number;
  by: EndedBy;
  error?: { name: string; message: string; mark?: string };
  /** It waits for ever. */
  hung: boolean;
  /** Listeners for its own exit that did not run. */
  skipped: number;
  /** Its module awaits what never comes. */
  unsettled: boolean;
  /** It waits by `Atomics.waitAsync` for what never comes. */
  dangles: boolean;
  /** How many of its messages main could not deserialize. */
  deep: number;
  /** How many were posted to it when it had ended. */
  astray: number;
  /** Main posted to it, and was gone before its code began. */
  asked: boolean;
  /** Names of those that it holds at its end, where Node has locks. */
  locks: string[];
  writing?: Open;
  open: string[];
  down: Down;
  /** Messages to its owner, which gets them all, `unheard` of them while nobody listened. */
  up: number;
  unheard: number;
  /** Posted on a port that was closed already. */
  upTooLate: number;
  waits: number;
  /** Messages on channels with other threads, by their names; absent when one of those who made them is not probed. */
  channels?: Map<string, { to: number; from: number }>;
  /** On the one BroadcastChannel: posted by it, and by others while it listened. */
  broadcasts: { posted: number; due: number; most: number };
}

interface Thread extends ExpectedThread {
  /** What main does before its first worker is not recorded. */
  recorded: boolean;
  live: boolean;
  listens: boolean;
  atExit: AtExit[];
  /** By its start, ref() or unref(). Its messages keep the loop turning as well, as long as somebody listens. */
  calledRef: boolean;
}

const ERRORS: Record<string, ExpectedThread['error']> = {
  error: { name: 'Error', message: 'thrown', mark: '// throws' },
  string: { name: 'thrown value', message: 'thrown' },
  null: { name: 'thrown value', message: 'null' },
  object: { name: 'thrown value', message: 'an object' },
  reject: { name: 'Error', message: 'rejected', mark: '// rejects' },
};
const errorOf = (end: Fail): NonNullable<ExpectedThread['error']> => ERRORS[end.do === 'throw' ? end.value : 'reject']!;

export function expectedOf({ steps }: Plan): ExpectedThread[] {
  const telling = new Telling();
  for (const { path, action } of steps) telling.step(path, action);
  return telling.seen();
}

class Telling {
  private readonly threads = new Map([['main', newThread('main', '')]]);

  step(path: string[], action: Action): void {
    for (const name of path) {
      const thread = this.of(name);
      post(thread, 1);
      arrive(thread);
    }
    this.carryOut(this.of(path.at(-1) ?? 'main'), action);
    // Each on the way passes the answer up, but for one that is no more.
    for (const name of path) if (this.of(name).live) this.of(name).up++;
  }

  /** Nobody tells of what an unprobed thread starts. */
  seen(): ExpectedThread[] {
    return [...this.threads.values()].filter(({ owner }) => this.threads.get(owner)?.probed ?? true);
  }

  private of(name: string): Thread {
    return this.threads.get(name)!;
  }

  private carryOut(thread: Thread, action: Action): void {
    switch (action.do) {
      case 'start':
        return this.start(thread, action);
      case 'crowd':
        for (const starting of action.workers) this.start(thread, starting);
        return;
      case 'flash':
        this.start(thread, action);
        Object.assign(this.of(action.name), { isFlash: true, terminateCalls: 1 });
        return this.end(this.of(action.name), 'terminate');
      case 'mute':
        this.start(thread, action);
        Object.assign(this.of(action.name), { up: action.count, unheard: action.count });
        return this.end(this.of(action.name), 'returned');
      case 'unsettled':
        this.start(thread, action);
        Object.assign(this.of(action.name), { up: action.count, unheard: action.count, unsettled: true });
        return this.end(this.of(action.name), 'returned');
      case 'dangle':
        this.start(thread, action);
        Object.assign(this.of(action.name), { up: action.count, unheard: action.count, dangles: true });
        return this.end(this.of(action.name), 'returned');
      case 'ref':
      case 'unref':
        this.of(action.child).calledRef = action.do === 'ref';
        return flip(this.of(action.child), action.do === 'ref', 'call');
      case 'terminate':
        this.of(action.child).terminateCalls = action.twice ? 2 : 1;
        return this.end(this.of(action.child), 'terminate');
      case 'post':
        return post(this.of(action.child), action.count);
      case 'post-up':
        thread.up += action.count;
        return;
      case 'post-deep':
        thread.up += action.count;
        thread.deep += action.count;
        return;
      case 'post-gone':
        this.of(action.gone).astray += action.count;
        return;
      case 'storm':
        return this.storm(thread, action.children, action.count);
      case 'channel':
        this.send(action.child);
        return this.exchange(action.child, thread.name, thread.name, action.count);
      case 'link':
        this.send(action.from);
        this.send(action.to);
        this.of(action.to).up++;
        return this.exchange(action.from, action.to, thread.name, action.count);
      case 'deafen':
        this.send(action.child);
        this.send(action.child);
        this.of(action.child).up += action.count + 1;
        flip(this.of(action.child), this.of(action.child).calledRef, 'listener');
        flip(this.of(action.child), true, 'listener');
        return this.exchange(action.child, thread.name, thread.name, 1);
      case 'once':
        this.send(action.child);
        this.of(action.child).up++;
        flip(this.of(action.child), this.of(action.child).calledRef, 'listener');
        flip(this.of(action.child), true, 'once');
        flip(this.of(action.child), this.of(action.child).calledRef, 'once');
        return flip(this.of(action.child), true, 'listener');
      case 'listen':
      case 'unlisten':
        thread.listens = action.do === 'listen';
        return;
      case 'broadcast':
        return this.broadcast(thread, action.count);
      case 'wait':
        if (thread.recorded) thread.waits++;
        return;
      case 'keep-open':
        if (thread.recorded) thread.open.push(action.file);
        return;
      case 'exit-handler':
        thread.atExit.push(action);
        if (action.does === 'ref') this.of(action.child).mayBeRefd = true;
        return;
      case 'hang':
        this.hang(thread);
        if (action.write) {
          thread.writing = action.write;
          thread.open.push(action.write.file);
        }
        return;
      case 'disband':
        for (const { child, end } of action.ends) {
          this.send(child);
          this.carryOut(this.of(child), end);
        }
        return;
      case 'return':
        return this.endItself(thread, 'returned', action.by === 'close');
      case 'exit':
        return this.endItself(thread, 'exit-call');
      case 'throw':
      case 'reject':
        thread.error = errorOf(action);
        return this.endItself(thread, 'error');
      case 'lock':
        if (action.keeps) thread.locks.push(action.name);
        return;
      case 'ask':
        this.start(thread, action);
        flip(this.of(action.name), false, 'call');
        post(this.of(action.name), 1);
        Object.assign(this.of(action.name), { isFlash: true, asked: true });
        return this.endItself(thread, 'returned');
      case 'kill':
        return this.end(thread, action.signal === 'SIGSEGV' ? 'crash' : 'signal');
      case 'deadlock':
        return this.end(thread, 'signal');
      case 'sleep':
      case 'wait-async':
      case 'write':
      case 'print':
      case 'look':
      case 'exit-code':
      case 'survive':
        return;
    }
  }

  private start(owner: Thread, { name, how }: Starting): void {
    owner.recorded = true;
    const probed = owner.probed && how.env !== 'empty';
    // Once it is ready it says so.
    this.threads.set(name, { ...newThread(name, owner.name), how, probed, up: 1 });
  }

  private storm(thread: Thread, children: string[], count: number): void {
    if (thread.recorded) thread.waits += waitsIn({ count });
    for (const child of children.map((name) => this.of(name))) {
      post(child, count);
      this.send(child.name);
      child.up += count + 1;
      child.waits += waitsIn({ count });
    }
  }

  /** A message to a child, which takes it. */
  private send(child: string): void {
    post(this.of(child), 1);
    arrive(this.of(child));
  }

  /** On a channel that `maker` made. */
  private exchange(from: string, to: string, maker: string, count: number): void {
    const ends = [this.of(from), this.of(to)] as const;
    if (![...ends, this.of(maker)].every(({ probed }) => probed)) for (const end of ends) delete end.channels;
    traffic(ends[0], to).to += count;
    traffic(ends[1], from).from += count;
  }

  private broadcast({ name, broadcasts, recorded }: Thread, count: number): void {
    if (recorded) broadcasts.posted += count;
    for (const other of this.threads.values()) {
      if (other.name === name || !other.listens || !other.live) continue;
      other.broadcasts.due += count;
      if (!other.hung) other.broadcasts.most += count;
    }
  }

  /** Nobody reaches those below it any more, but they live: they go on with what they are told already. */
  private hang(thread: Thread): void {
    thread.hung = true;
  }

  private endItself(thread: Thread, by: EndedBy, closed = false): void {
    for (const handler of thread.atExit) {
      if (handler.does === 'post') {
        thread.up += handler.count;
        if (closed) thread.upTooLate += handler.count;
      }
      if (handler.does === 'post-down' && this.of(handler.child).live) post(this.of(handler.child), handler.count);
    }
    this.end(thread, by);
  }

  private end(thread: Thread, by: EndedBy, below: EndedBy = belowOf(thread, by)): void {
    if (!thread.live) return;
    Object.assign(thread, { live: false, by, ...(EXITS.has(by) ? {} : { skipped: thread.atExit.length }) });
    for (const child of this.threads.values()) if (child.owner === thread.name) this.end(child, below, below);
  }
}

/** Endings that a thread's own exit listeners hear of. */
const EXITS: ReadonlySet<EndedBy> = new Set(['returned', 'exit-call', 'error']);

/** Those of the whole process. */
const ABRUPT: ReadonlySet<EndedBy> = new Set(['signal', 'crash']);

const belowOf = ({ name }: Thread, by: EndedBy): EndedBy =>
  ABRUPT.has(by) ? by : name === 'main' ? 'main-exit' : 'owner-exit';

/** Posted by its owner: a thread that hangs receives no more. */
function post({ down, hung }: Thread, messages: number): void {
  down.posted += messages;
  if (!hung) down.most += messages;
}

/** All that was posted so far. */
function arrive({ down }: Thread): void {
  down.least = down.posted;
}

function flip({ refs }: Thread, value: boolean, by: Flip['by']): void {
  if (refs.at(-1)!.value !== value) refs.push({ value, by });
}

function traffic(thread: Thread, other: string): { to: number; from: number } {
  const known = thread.channels?.get(other);
  const found = known ?? { to: 0, from: 0 };
  thread.channels?.set(other, found);
  return found;
}

const newThread = (name: string, owner: string): Thread => ({
  name,
  owner,
  probed: true,
  isFlash: false,
  refs: [{ value: true, by: 'call' }],
  mayBeRefd: false,
  terminateCalls: 0,
  by: 'unknown',
  hung: false,
  skipped: 0,
  unsettled: false,
  dangles: false,
  deep: 0,
  astray: 0,
  asked: false,
  locks: [],
  open: [],
  down: { posted: 0, least: 0, most: 0 },
  up: 0,
  unheard: 0,
  upTooLate: 0,
  waits: 0,
  channels: new Map(),
  broadcasts: { posted: 0, due: 0, most: 0 },
  recorded: name !== 'main',
  live: true,
  listens: false,
  atExit: [],
  calledRef: true,
});
