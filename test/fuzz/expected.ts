// What must be seen of a plan's threads, by going through it step by step. Pure.
import type { EndedBy } from '../../src/protocol/picture';
import { ENDS, type Action, type Plan, type Start } from './plan';

export interface ExpectedThread {
  name: string;
  owner: string;
  how?: Start;
  /** With an environment that lacks NODE_OPTIONS it runs without the probe, and then only its owner tells of it. */
  probed: boolean;
  /** ref()/unref() by the plan's steps: true at its start, then each flip. */
  refs: boolean[];
  /** An exit handler of its owner may ref it in the end. */
  mayBeRefd: boolean;
  by: EndedBy;
  code?: number;
  /** It waits for ever. */
  hung: boolean;
  writing: boolean;
  /**
   * Messages from its owner: posted, and how many of those it has received at least and at most. What is posted before a
   * step that it takes part in has arrived by then; what comes last may come too late.
   */
  down: { posted: number; least: number; most: number };
  /** Messages to its owner, which gets them all. */
  up: number;
  waits: number;
  broadcasts?: number;
}

interface Thread extends ExpectedThread {
  /** What main does before its first worker is not recorded. */
  recorded: boolean;
  live: boolean;
}

export function expectedOf({ steps }: Plan): ExpectedThread[] {
  const threads = new Map<string, Thread>([['main', newThread('main', '')]]);
  for (const { path, action } of steps) {
    const thread = threads.get(path.at(-1) ?? 'main')!;
    goDown(threads, path);
    carryOut(threads, thread, action);
    if (!ENDS.has(action.do)) for (const name of path) threads.get(name)!.up++;
    else for (const name of path.slice(0, -1)) threads.get(name)!.up++;
  }
  // Nobody tells of what an unprobed thread starts.
  const seen = [...threads.values()].filter(({ owner }) => threads.get(owner)?.probed ?? true);
  return seen.map(({ live: _, recorded: __, ...thread }) => thread);
}

function goDown(threads: Map<string, Thread>, path: string[]): void {
  for (const name of path) {
    const thread = threads.get(name)!;
    count(thread, 1);
    thread.down.least = thread.down.posted;
  }
}

/** Posted by its owner: a thread that hangs receives no more. */
function count({ down, hung }: Thread, messages: number): void {
  down.posted += messages;
  if (!hung) down.most += messages;
}

function carryOut(threads: Map<string, Thread>, thread: Thread, action: Action): void {
  const child = 'child' in action ? threads.get(action.child)! : undefined;
  switch (action.do) {
    case 'start':
      thread.recorded = true;
      // Once it is ready it says so.
      threads.set(action.name, {
        ...newThread(action.name, thread.name),
        how: action.how,
        probed: thread.probed && action.how.env !== 'empty',
        refs: [true],
        up: 1,
      });
      break;
    case 'ref':
    case 'unref':
      if (child!.refs.at(-1) !== (action.do === 'ref')) child!.refs.push(action.do === 'ref');
      break;
    case 'post':
      count(child!, action.count);
      break;
    case 'channel':
      count(child!, 1);
      child!.down.least = child!.down.posted;
      break;
    case 'post-up':
      thread.up += action.count;
      break;
    case 'wait':
      if (thread.recorded) thread.waits++;
      break;
    case 'broadcast':
      if (thread.recorded) thread.broadcasts = (thread.broadcasts ?? 0) + action.count;
      break;
    case 'hang':
      thread.hung = true;
      thread.writing = action.writing;
      break;
    case 'terminate':
      end(threads, child!, 'terminate', 'owner-exit', 1);
      break;
    case 'return':
      end(threads, thread, 'returned', thread.name === 'main' ? 'main-exit' : 'owner-exit', 0);
      break;
    case 'exit':
      end(threads, thread, 'exit-call', thread.name === 'main' ? 'main-exit' : 'owner-exit', action.code);
      break;
    case 'throw':
    case 'reject':
      end(threads, thread, 'error', thread.name === 'main' ? 'main-exit' : 'owner-exit', 1);
      break;
    case 'kill':
      end(threads, thread, 'signal', 'signal');
      break;
    case 'exit-handler':
      if (action.refs) threads.get(action.refs)!.mayBeRefd = true;
      break;
    case 'listen':
    case 'write':
    case 'look':
      break;
  }
}

function end(threads: Map<string, Thread>, thread: Thread, by: EndedBy, below: EndedBy, code?: number): void {
  if (!thread.live) return;
  Object.assign(thread, { live: false, by, ...(code === undefined ? {} : { code }) });
  for (const child of threads.values()) if (child.owner === thread.name) end(threads, child, below, below);
}

const newThread = (name: string, owner: string): Thread => ({
  name,
  owner,
  probed: true,
  refs: [],
  mayBeRefd: false,
  by: 'unknown',
  hung: false,
  writing: false,
  down: { posted: 0, least: 0, most: 0 },
  up: 0,
  waits: 0,
  recorded: name !== 'main',
  live: true,
});
