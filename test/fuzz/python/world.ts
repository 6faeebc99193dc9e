// What a plan has come to: which threads live, and what each is in. Pure.
import type { Action, End, HangsIn, Outlive, Step, ThreadEnd } from './plan';

export interface Life {
  name: string;
  /** The name that it has now. */
  called: string;
  owner: string;
  how: 'main' | 'function' | 'class' | 'raw' | 'flash' | 'rendezvous' | 'tasks' | 'timer' | 'pool' | 'late';
  daemon: boolean;
  /** Nobody said whether it is one. */
  inherits: boolean;
  /** How it ended itself; absent: it was alive when the process ended. */
  ended?: { how: ThreadEnd; code?: number };
  outlives?: Outlive;
  hangs?: HangsIn;
  holds: number;
  guards: number;
  files: { file: string; bytes: number }[];
  isJoined: boolean;
}

export class World {
  readonly lives = new Map<string, Life>([['main', life('main', '', 'main', false, false)]]);
  count = 0;
  failsUnread = 0;
  callbacks = 0;
  /** Exit codes of processes that it forked. */
  readonly children: number[] = [];
  late?: string;
  end?: Step;

  /** Who does what it is told. */
  heeding(): Life[] {
    return [...this.lives.values()].filter(({ ended, hangs, how, outlives }) => {
      return !ended && hangs === undefined && !outlives && LASTING.has(how);
    });
  }

  /** All that is not over, main too. */
  living(): Life[] {
    return [...this.lives.values()].filter(({ ended }) => !ended);
  }

  apply({ by, action }: Step): void {
    const thread = this.lives.get(by)!;
    this.count++;
    switch (action.do) {
      case 'start':
        return this.add(life(action.name, by, action.kind, ...this.daemonOf(thread, action)));
      case 'flash':
        this.add(life(action.name, by, 'flash', ...this.daemonOf(thread, { ...action, kind: 'function' })));
        return this.over(action.name, action.end);
      case 'rendezvous':
      case 'tasks':
      case 'timer':
        this.add(life(action.name, by, action.do, ...this.daemonOf(thread, { kind: 'function' })));
        if (action.do === 'tasks' && !action.reads) this.failsUnread += action.fails.filter(Boolean).length;
        return this.over(action.name, { how: 'return' });
      case 'join':
        this.lives.get(action.child)!.isJoined = true;
        return;
      case 'rename':
        thread.called = action.to;
        return;
      case 'at-exit':
        this.callbacks++;
        if (action.does === 'start') this.late = action.name;
        return;
      case 'pool':
        return this.add(life(action.name, by, 'pool', ...this.daemonOf(thread, { kind: 'function' })));
      case 'open-global':
        this.lives.get('main')!.files.push(action);
        return;
      case 'fork':
        this.children.push(action.code);
        return;
      case 'hold':
        thread.holds++;
        return;
      case 'guard':
        thread.guards++;
        return;
      case 'open':
        thread.files.push(action);
        return;
      case 'hang':
        thread.hangs = action.within;
        return;
      case 'end':
        this.over(by, action);
        if (by === 'main') this.end = { by, action };
        return;
      case 'outlive':
        thread.outlives = action;
        return;
      case 'abrupt':
      case 'kill':
      case 'interrupt':
        this.end = { by, action };
        return;
      case 'wait':
      case 'survive':
      case 'look':
      case 'write':
        return;
    }
  }

  /** Of an exit handler that was allowed to. @param returns since Python waits for it */
  addLate(returns: boolean): void {
    this.add(life(this.late!, 'main', 'late', false, false));
    if (returns) this.over(this.late!, { how: 'return' });
  }

  private add(one: Life): void {
    this.lives.set(one.name, one);
  }

  private over(name: string, { how, code }: Pick<End, 'how' | 'code'>): void {
    this.lives.get(name)!.ended = { how, ...(code === undefined ? {} : { code }) };
  }

  /** A thread that Python did not make counts as a daemon, and hands that on. */
  private daemonOf(
    owner: Life,
    { kind, daemon }: { kind: string; daemon?: boolean },
  ): [daemon: boolean, inherits: boolean] {
    if (kind === 'raw') return [true, false];
    return [daemon ?? owner.daemon, daemon === undefined];
  }
}

/** Those that go on until they are told otherwise. */
const LASTING: ReadonlySet<Life['how']> = new Set(['main', 'function', 'class', 'raw']);

const life = (name: string, owner: string, how: Life['how'], daemon: boolean, inherits: boolean): Life => ({
  name,
  called: name,
  owner,
  how,
  daemon,
  inherits,
  holds: 0,
  guards: 0,
  files: [],
  isJoined: false,
});

/** Whether it makes sense that this thread does this now. */
export function allows(world: World, { by, action }: Step): boolean {
  if (world.end) return false;
  const thread = world.lives.get(by);
  if (!thread || !world.heeding().includes(thread)) return false;
  if (isSecondLate(world, action)) return false;
  if (action.do === 'join') {
    const child = world.lives.get(action.child);
    return (
      child !== undefined &&
      child !== thread &&
      child.how !== 'raw' &&
      LASTING.has(child.how) &&
      child.how !== 'main' &&
      !child.ended
    );
  }
  return by === 'main' ? !OTHERS_ONLY.has(action.do) : mayDo(thread, action);
}

/** Where it is late: a second one would come before it. */
const isSecondLate = (world: World, action: Action): boolean =>
  action.do === 'at-exit' && action.does === 'start' && world.late !== undefined;

const OTHERS_ONLY: ReadonlySet<Action['do']> = new Set(['hold', 'guard', 'open', 'hang', 'outlive']);

function mayDo({ how }: Life, action: Action): boolean {
  if (action.do === 'kill' || action.do === 'interrupt' || action.do === 'fork') return false;
  return action.do !== 'rename' || how !== 'raw';
}

/** Whether every step can be done and the process ends: what is left of a plan may make no sense. */
export function isPossible(steps: readonly Step[]): boolean {
  const world = new World();
  for (const step of steps) {
    if (!allows(world, step)) return false;
    world.apply(step);
  }
  return world.end !== undefined && (isAbrupt(world.end.action) || keepers(world).length === 0);
}

export const isAbrupt = ({ do: kind }: Action): boolean => kind === 'abrupt' || kind === 'kill';

/** Those for which the process would wait for ever. */
export const keepers = (world: World): Life[] =>
  world.living().filter(({ name, how, daemon, outlives }) => name !== 'main' && how !== 'pool' && !daemon && !outlives);
