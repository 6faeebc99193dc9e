// Makes plans, each from its seed. Pure.
import { ENDS, type Action, type Plan, type Start, type Step } from './plan';

const MOST_WORKERS = 8;
const DEEPEST = 3;

interface Live {
  name: string;
  path: string[];
  refd: boolean;
  hung: boolean;
  listens: boolean;
  children: Live[];
}

export function generate(seed: number): Plan {
  const random = new Random(seed);
  const main: Live = { name: 'main', path: [], refd: true, hung: false, listens: false, children: [] };
  const steps: Step[] = [];
  const count = random.between(3, 25);
  for (let started = 0; steps.length < count;) {
    const thread = random.pick(all(main).filter((t) => !t.hung));
    const action = chooseAction(random, thread, thread !== main, started);
    if (!action) continue;
    if (action.do === 'start') started++;
    steps.push({ path: thread.path, action });
    apply(main, thread, action);
  }
  steps.push({ path: [], action: lastAction(random, main) });
  return { seed, steps };
}

function chooseAction(random: Random, thread: Live, isWorker: boolean, started: number): Action | undefined {
  const child = thread.children.length > 0 ? random.pick(thread.children) : undefined;
  const heeding = thread.children.filter((t) => !t.hung);
  const count = random.between(1, 5);
  const choices: [weight: number, possible: boolean, make: () => Action][] = [
    [
      6,
      started < MOST_WORKERS && thread.path.length < DEEPEST,
      () => ({ do: 'start', name: `t${started + 1}`, how: startOptions(random) }),
    ],
    [3, child !== undefined, () => ({ do: random.pick(['ref', 'unref', 'unref']), child: child!.name })],
    [1, child !== undefined, () => ({ do: 'terminate', child: child!.name })],
    [2, child !== undefined, () => ({ do: 'post', child: child!.name, count })],
    [2, isWorker, () => ({ do: 'post-up', count })],
    [1, heeding.length > 0, () => ({ do: 'channel', child: random.pick(heeding).name, count })],
    [1, !thread.listens, () => ({ do: 'listen' })],
    [1, thread.listens, () => ({ do: 'broadcast', count })],
    [1, true, () => ({ do: 'wait', ms: random.between(1, 4) })],
    [
      2,
      true,
      () => ({
        do: 'write',
        way: random.pick(['callback', 'promise', 'stream', 'synchronous']),
        bytes: random.between(1, 9999),
      }),
    ],
    [2, true, () => ({ do: 'look' })],
    [1, true, () => ({ do: 'exit-handler', ...(child && random.chance(0.5) ? { refs: child.name } : {}) })],
    [1, isWorker, () => ({ do: 'hang', writing: random.chance(0.5) })],
    [1, isWorker && mayReturn(thread), () => ({ do: 'return' })],
    [1, isWorker, () => ({ do: 'exit', code: random.between(0, 3) })],
    [1, isWorker, () => ({ do: random.pick(['throw', 'reject']) })],
  ];
  const possible = choices.filter(([, isPossible]) => isPossible);
  return random.weighted(possible.map(([weight, , make]) => [weight, make] as const))();
}

/** Whatever lives then is cut off. */
function lastAction(random: Random, main: Live): Action {
  const choices: Action[] = [
    { do: 'exit', code: random.between(0, 3) },
    { do: 'throw' },
    { do: 'reject' },
    { do: 'kill', signal: random.pick(['SIGKILL', 'SIGTERM']) },
  ];
  return mayReturn(main) && random.chance(0.6) ? { do: 'return' } : random.pick(choices);
}

const mayReturn = ({ children }: Live): boolean => children.every((child) => !child.refd);

function startOptions(random: Random): Start {
  return {
    source: random.pick(['file', 'file', 'eval', 'module', 'data']),
    ...(random.chance(0.3) ? { env: random.pick(['empty', 'shared']) } : {}),
    ...(random.chance(0.2) ? { execArgv: true } : {}),
    ...(random.chance(0.2) ? { stdout: true } : {}),
    ...(random.chance(0.2) ? { argv: true } : {}),
    ...(random.chance(0.2) ? { limits: true } : {}),
  };
}

function apply(main: Live, thread: Live, action: Action): void {
  const child = 'child' in action ? thread.children.find(({ name }) => name === action.child) : undefined;
  if (action.do === 'start') {
    const { name } = action;
    const path = [...thread.path, name];
    thread.children.push({ name, path, refd: true, hung: false, listens: false, children: [] });
  }
  if (action.do === 'ref') child!.refd = true;
  if (action.do === 'unref') child!.refd = false;
  if (action.do === 'terminate') remove(main, child!);
  if (action.do === 'listen') thread.listens = true;
  if (action.do === 'hang') for (const t of all(thread)) t.hung = true; // nobody reaches those below it any more
  if (ENDS.has(action.do)) remove(main, thread);
}

function remove(main: Live, gone: Live): void {
  for (const t of all(main)) t.children = t.children.filter((child) => child !== gone);
}

const all = (thread: Live): Live[] => [thread, ...thread.children.flatMap(all)];

/** The same numbers for the same seed, on every machine (mulberry32). */
class Random {
  constructor(private state: number) {}

  next(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let t = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  }
  between(least: number, most: number): number {
    return least + Math.floor(this.next() * (most - least + 1));
  }
  chance(share: number): boolean {
    return this.next() < share;
  }
  pick<T>(items: readonly T[]): T {
    return items[this.between(0, items.length - 1)]!;
  }
  weighted<T>(items: readonly (readonly [weight: number, item: T])[]): T {
    let left = this.next() * items.reduce((sum, [weight]) => sum + weight, 0);
    return (items.find(([weight]) => (left -= weight) < 0) ?? items[items.length - 1]!)[1];
  }
}
