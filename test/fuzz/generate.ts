// Makes plans, each from its seed. Pure.
import { ENDS, type Action, type AtExit, type Exit, type Fail, type Plan, type Return, type Start } from './plan';
import type { Starting } from './plan';
import { Random } from './random';
import { World, mayReturn, type Live } from './world';

const MOST_WORKERS = 9;
const DEEPEST = 3;
/** Each takes seconds. */
const DEADLOCKS = 0.045;

export function generate(seed: number): Plan {
  const random = new Random(seed);
  const world = new World();
  const plan: Plan = { seed, steps: [] };
  const count = random.between(3, 30);
  while (plan.steps.length < count) {
    const thread = random.pick(world.heeding());
    const action = new Choice(random, world, thread).action();
    plan.steps.push({ path: thread.path, action });
    world.apply(thread, action);
  }
  plan.steps.push({ path: [], action: lastAction(random, world) });
  return plan;
}

const asModule = ({ name, how }: Starting): Starting => ({ name, how: { ...how, source: 'module' } });

type Make = () => Action;

/** What a thread may do next. */
class Choice {
  private readonly child: Live | undefined;
  private readonly heeding: Live[];
  private readonly isWorker: boolean;
  private readonly count: number;

  constructor(
    private readonly random: Random,
    private readonly world: World,
    private readonly thread: Live,
  ) {
    this.child = thread.children.length > 0 ? random.pick(thread.children) : undefined;
    this.heeding = thread.children.filter((t) => !t.hung);
    this.isWorker = thread !== world.main;
    this.count = random.between(1, 5);
  }

  action(): Action {
    const choices = [...this.starts(), ...this.own(), ...this.withChildren(), ...this.ends()];
    const possible = choices.filter(([, isPossible]) => isPossible);
    return this.random.weighted(possible.map(([weight, , make]) => [weight, make] as const))();
  }

  private starts(): [weight: number, possible: boolean, make: Make][] {
    const room = this.thread.path.length < DEEPEST ? MOST_WORKERS - this.world.started : 0;
    return [
      [6, room > 0, () => ({ do: 'start', ...this.starting(1) })],
      [1, room > 0, () => ({ do: 'flash', ...this.starting(1) })],
      [1, room > 0, () => ({ do: 'mute', ...this.starting(1), count: this.count })],
      [0.5, room > 0, () => ({ do: 'unsettled', ...asModule(this.starting(1)), count: this.count })],
      [0.5, room > 0, () => ({ do: 'dangle', ...this.starting(1), count: this.count })],
      [1, room > 1, () => ({ do: 'crowd', workers: [this.starting(1), this.starting(2)] })],
    ];
  }

  private own(): [weight: number, possible: boolean, make: Make][] {
    const { random, thread, isWorker, count } = this;
    const bytes = random.between(1, 9999);
    return [
      [2, isWorker, () => ({ do: 'post-up', count })],
      [0.4, thread.path.length === 1, () => ({ do: 'post-deep', count })],
      [0.4, thread.gone.length > 0, () => ({ do: 'post-gone', gone: random.pick(thread.gone), count })],
      [1, !thread.listens, () => ({ do: 'listen' })],
      [1, thread.listens && thread.probed, () => ({ do: 'broadcast', count })],
      [0.3, thread.listens, () => ({ do: 'unlisten' })],
      [1, true, () => ({ do: random.pick(['wait', 'sleep']), ms: random.between(1, 4) })],
      [0.5, true, () => ({ do: 'wait-async', wakes: random.chance(0.5) })],
      [1, true, () => this.lock()],
      [2, true, () => ({ do: 'write', way: random.pick(['callback', 'promise', 'stream', 'synchronous']), bytes })],
      [0.5, true, () => ({ do: 'keep-open', file: `open-${this.world.steps}`, bytes })],
      [1, thread.prints.length > 0, () => ({ do: 'print', to: random.pick(thread.prints), count })],
      [1, true, () => ({ do: 'look' })],
      [0.5, true, () => ({ do: 'exit-code', code: random.between(0, 5) })],
      [1, !thread.exitsAtExit, () => ({ do: 'exit-handler', ...this.atExit() })],
      [1, true, () => ({ do: 'survive', error: random.pick(['throw', 'reject']) })],
    ];
  }

  private withChildren(): [weight: number, possible: boolean, make: Make][] {
    const { random, child, heeding, count } = this;
    const heard = (): string => random.pick(heeding).name;
    return [
      [3, child !== undefined, () => ({ do: random.pick(['ref', 'unref', 'unref']), child: child!.name })],
      [
        1,
        child !== undefined,
        () => ({ do: 'terminate', child: child!.name, ...(random.chance(0.3) ? { twice: true } : {}) }),
      ],
      [2, child !== undefined, () => ({ do: 'post', child: child!.name, count })],
      [1, heeding.length > 0, () => ({ do: 'channel', child: heard(), count })],
      [1, heeding.length > 0, () => ({ do: 'deafen', child: heard(), count })],
      [1, heeding.length > 0, () => ({ do: 'once', child: heard() })],
      [2, heeding.length > 1, () => ({ do: 'link', ...this.pair(), count })],
      [
        1,
        heeding.length > 0,
        () => ({ do: 'storm', children: heeding.map(({ name }) => name), count: random.between(1, 200) }),
      ],
      [
        0.5,
        heeding.length > 1,
        () => ({ do: 'disband', ends: heeding.map((t) => ({ child: t.name, end: endOf(random, t) })) }),
      ],
    ];
  }

  private ends(): [weight: number, possible: boolean, make: Make][] {
    const { random, thread, isWorker } = this;
    const way = random.pick(['callback', 'promise', 'stream'] as const);
    const write = { way, file: `hang-${this.world.steps}`, bytes: random.between(1, 9999) };
    return [
      [1, isWorker, () => ({ do: 'hang', ...(random.chance(0.5) ? { write } : {}) })],
      [2, isWorker, () => endOf(random, thread)],
    ];
  }

  private starting(n: number): Starting {
    return { name: `t${this.world.started + n}`, how: startOptions(this.random) };
  }

  /** Nobody has to wait for one: each exclusive one has a name of its own. */
  private lock(): Action {
    const { random, world } = this;
    const mode = random.pick(['exclusive', 'shared'] as const);
    const name = mode === 'shared' ? 'shared' : `lock-${world.steps}`;
    return { do: 'lock', name, mode, keeps: random.chance(0.6) };
  }

  private pair(): { from: string; to: string } {
    const [from, to] = this.random.shuffled(this.heeding);
    return { from: from!.name, to: to!.name };
  }

  private atExit(): AtExit {
    const { random, child, count } = this;
    const code = random.between(0, 5);
    const choices: AtExit[] = [{ does: 'nothing' }, { does: random.pick(['code', 'exit']), code }];
    if (this.isWorker) choices.push({ does: 'post', count });
    if (child) choices.push({ does: 'ref', child: child.name }, { does: 'post-down', child: child.name, count });
    return random.pick(choices);
  }
}

function endOf(random: Random, thread: Live): Return | Exit | Fail {
  if (mayReturn(thread) && random.chance(0.4)) return { do: 'return', by: random.pick(['close', 'unref', 'off']) };
  return random.chance(0.5) ? exit(random) : failure(random);
}

const exit = (random: Random): Exit => ({ do: 'exit', ...(random.chance(0.8) ? { code: random.between(0, 3) } : {}) });

const failure = (random: Random): Fail =>
  random.chance(0.3) ? { do: 'reject' } : { do: 'throw', value: random.pick(['error', 'string', 'null', 'object']) };

/** Whatever lives then is cut off. */
function lastAction(random: Random, world: World): Action {
  const { main, started } = world;
  if (world.allows(main, { do: 'deadlock' }) && random.chance(DEADLOCKS)) return { do: 'deadlock' };
  if (mayReturn(main) && random.chance(0.25))
    return { do: 'ask', name: `t${started + 1}`, how: unread(startOptions(random)) };
  if (mayReturn(main) && random.chance(0.6)) return { do: 'return', by: 'close' };
  return random.weighted<Action>([
    [2, exit(random)],
    [2, failure(random)],
    [1, { do: 'kill', signal: random.pick(['SIGKILL', 'SIGTERM', 'SIGSEGV']) }],
  ]);
}

/** Who reads what a daemon prints waits for it. */
const unread = ({ stdout: _, ...how }: Start): Start => how;

function startOptions(random: Random): Start {
  return {
    source: random.pick(['file', 'file', 'eval', 'module', 'data']),
    ...(random.chance(0.3) ? { env: random.pick(['empty', 'shared', 'shared']) } : {}),
    ...(random.chance(0.2) ? { execArgv: true } : {}),
    ...(random.chance(0.2) ? { stdout: true } : {}),
    ...(random.chance(0.2) ? { argv: true } : {}),
    ...(random.chance(0.2) ? { limits: true } : {}),
  };
}

/** Whether every step can be done, and the last one ends main: what is left of a plan may make no sense. */
export function isPossible({ steps }: Plan): boolean {
  const world = new World();
  for (const [i, { path, action }] of steps.entries()) {
    const thread = world.at(path);
    if (!thread || thread.hung || !world.allows(thread, action)) return false;
    if (i === steps.length - 1) return path.length === 0 && ENDS.has(action.do);
    if (path.length === 0 && ENDS.has(action.do)) return false;
    world.apply(thread, action);
  }
  return false;
}
