// Makes plans, each from its seed. Pure.
import { Random } from '../random';
import {
  HANGS,
  WAITS,
  type Action,
  type End,
  type Outlive,
  type Plan,
  type Starting,
  type Step,
  type ThreadEnd,
} from './plan';
import { World, allows, isPossible, keepers, type Life } from './world';

const MOST_THREADS = 8;
const ENDS: [weight: number, ThreadEnd][] = [
  [5, 'return'],
  [1, 'exit'],
  [1, 'exit-text'],
  [2, 'error'],
  [1, 'key-error'],
];

export function generate(seed: number): Plan {
  const random = new Random(seed);
  const world = new World();
  const steps: Step[] = [];
  const take = (step: Step): void => {
    if (!allows(world, step)) return;
    steps.push(step);
    world.apply(step);
  };
  for (let left = random.between(2, 22); left > 0; left--) {
    const thread = random.pick(world.heeding());
    take({ by: thread.name, action: new Choice(random, world, thread).action() });
  }
  for (const step of lastSteps(random, world)) take(step);
  return { seed, steps };
}

class Choice {
  constructor(
    private readonly random: Random,
    private readonly world: World,
    private readonly thread: Life,
  ) {}

  action(): Action {
    const { random, world, thread } = this;
    const room = world.lives.size <= MOST_THREADS;
    const others = world
      .living()
      .filter(({ name, how }) => name !== thread.name && (how === 'function' || how === 'class'));
    const isWorker = thread.name !== 'main';
    const choices: [number, boolean, () => Action][] = [
      [6, room, () => ({ do: 'start', ...this.starting() })],
      [2, room, () => ({ do: 'flash', name: this.name(), ...this.daemon(), end: endOf(random, this.name()) })],
      [1, room, () => ({ do: 'rendezvous', name: this.name() })],
      [1, room, () => ({ do: 'tasks', name: this.name(), fails: this.fails(), reads: random.chance(0.5) })],
      [1, room, () => ({ do: 'timer', name: this.name(), cancels: random.chance(0.5) })],
      [1, others.length > 0, () => ({ do: 'join', child: random.pick(others).name })],
      [2, true, () => ({ do: 'wait', what: random.pick(WAITS) })],
      [0.5, isWorker && thread.how !== 'raw', () => ({ do: 'rename', to: `${thread.name} renamed` })],
      [0.5, true, () => ({ do: 'at-exit', number: world.count, does: random.pick(['nothing', 'nothing', 'fail']) })],
      [0.3, world.late === undefined, () => ({ do: 'at-exit', number: world.count, does: 'start', name: 'late' })],
      [0.7, room, () => ({ do: 'pool', name: this.name(), outlives: random.chance(0.5) })],
      [
        0.5,
        true,
        () => ({
          do: 'open-global',
          number: world.count,
          file: `global-${world.count}`,
          bytes: random.between(1, 9000),
        }),
      ],
      [0.4, !isWorker, () => ({ do: 'fork', code: random.between(0, 9) })],
      [0.5, true, () => ({ do: 'survive', how: random.pick(['exit', 'error', 'key-error']) })],
      [1, true, () => ({ do: 'look' })],
      [1, true, () => ({ do: 'write', to: random.pick(['stdout', 'stderr']), count: random.between(1, 3) })],
      [1, isWorker, () => ({ do: 'hold', kind: random.pick(['lock', 'rlock']) })],
      [1, isWorker, () => ({ do: 'guard', number: world.count })],
      [1, isWorker, () => ({ do: 'open', file: `file-${world.count}`, bytes: random.between(1, 9000) })],
      [1, isWorker, () => ({ do: 'hang', within: random.pick(HANGS) })],
      [3, isWorker, () => endOf(random, thread.name)],
    ];
    return random.weighted(
      choices.filter(([, possible]) => possible).map(([weight, , make]) => [weight, make] as const),
    )();
  }

  private name(): string {
    return `t${this.world.lives.size}`;
  }

  private starting(): Starting {
    const kind = this.random.weighted([
      [6, 'function' as const],
      [3, 'class' as const],
      [1, 'raw' as const],
    ]);
    return { name: this.name(), kind, ...(kind === 'raw' ? {} : this.daemon()) };
  }

  private daemon(): { daemon?: boolean } {
    return this.random.pick([{}, { daemon: true }, { daemon: false }]);
  }

  private fails(): boolean[] {
    return Array.from({ length: this.random.between(1, 3) }, () => this.random.chance(0.4));
  }
}

function endOf(random: Random, name: string): End {
  const how = random.weighted(ENDS);
  return { do: 'end', how, name, ...(how === 'exit' && random.chance(0.7) ? { code: random.between(0, 3) } : {}) };
}

const interrupt = (random: Random): Action => ({
  do: 'interrupt',
  ...(random.chance(0.8) ? { within: random.pick(HANGS) } : {}),
});

/** Who would keep the process for ever is told to end when main has, or the process ends abruptly. */
function lastSteps(random: Random, world: World): Step[] {
  const abrupt: Step[] = [
    { by: random.pick(world.heeding()).name, action: { do: 'abrupt', code: random.between(0, 3) } },
    { by: 'main', action: { do: 'kill', signal: random.pick(['SIGKILL', 'SIGTERM', 'SIGSEGV']) } },
  ];
  const staying = keepers(world);
  if (staying.some(({ hangs }) => hangs !== undefined) || random.chance(0.15)) return [random.pick(abrupt)];
  const outlive = (name: string): Outlive => ({ ...endOf(random, name), do: 'outlive' });
  return [
    ...staying.map(({ name }): Step => ({ by: name, action: outlive(name) })),
    { by: 'main', action: random.chance(0.25) ? interrupt(random) : endOf(random, 'main') },
  ];
}

/** Without one step, and without all that would make no sense then; undefined when too little is left. */
export function without({ seed, steps }: Plan, index: number): Plan | undefined {
  const world = new World();
  const kept: Step[] = [];
  for (const [i, step] of steps.entries()) {
    if (i === index || !allows(world, step)) continue;
    kept.push(step);
    world.apply(step);
  }
  return isPossible(kept) ? { seed, steps: kept } : undefined;
}
