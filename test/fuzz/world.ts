// Which threads live between two steps of a plan, and what each can do. Pure.
import { ENDS, type Action, type Starting } from './plan';

export interface Live {
  name: string;
  path: string[];
  /** The probe runs in it. */
  probed: boolean;
  refd: boolean;
  /** Its owner reads what it prints, and waits for that even where it is a daemon. */
  isRead: boolean;
  /** It waits for ever, or nobody reaches it any more. */
  hung: boolean;
  listens: boolean;
  /** An exit handler ends it, so no later one runs. */
  exitsAtExit: boolean;
  /** Where it can print so that it is known when all has arrived. */
  prints: ('stdout' | 'stderr')[];
  children: Live[];
  /** Its workers whose end it has heard of. */
  gone: string[];
}

export class World {
  readonly main: Live = { ...newLive('main', [], true), prints: ['stdout', 'stderr'] };
  started = 0;
  steps = 0;

  heeding(): Live[] {
    return all(this.main).filter((t) => !t.hung);
  }

  at(path: readonly string[]): Live | undefined {
    let thread: Live | undefined = this.main;
    for (const name of path) thread = thread?.children.find((child) => child.name === name);
    return thread;
  }

  allows(thread: Live, action: Action): boolean {
    const has = (name: string): Live | undefined => thread.children.find((child) => child.name === name);
    const heeds = (name: string): boolean => has(name)?.hung === false;
    switch (action.do) {
      case 'channel':
      case 'deafen':
      case 'once':
        return heeds(action.child);
      case 'link':
        return heeds(action.from) && heeds(action.to);
      case 'storm':
        return action.children.length > 0 && action.children.every(heeds);
      case 'disband':
        return action.ends.every(({ child, end }) => heeds(child) && (end.do !== 'return' || mayReturn(has(child)!)));
      case 'post-deep':
        return thread.path.length === 1;
      case 'post-gone':
        return thread.gone.includes(action.gone);
      case 'deadlock':
        return thread.children.some(({ hung }) => !hung);
      case 'broadcast':
      case 'unlisten':
        return thread.listens;
      case 'listen':
        return !thread.listens;
      case 'return':
        return mayReturn(thread);
      default:
        return !('child' in action) || has(action.child) !== undefined;
    }
  }

  apply(thread: Live, action: Action): void {
    this.steps++;
    switch (action.do) {
      case 'start':
        return this.start(thread, action);
      case 'crowd':
        for (const starting of action.workers) this.start(thread, starting);
        return;
      case 'flash':
      case 'mute':
      case 'unsettled':
      case 'dangle':
        thread.gone.push(action.name);
        this.started++;
        return;
      case 'ref':
      case 'unref':
        this.at([...thread.path, action.child])!.refd = action.do === 'ref';
        return;
      case 'deafen':
      case 'once':
        // Who listens again has it keep the loop turning again.
        this.at([...thread.path, action.child])!.refd = true;
        return;
      case 'terminate':
        return this.remove([...thread.path, action.child]);
      case 'disband':
        for (const { child } of action.ends) this.remove([...thread.path, child]);
        return;
      case 'listen':
      case 'unlisten':
        thread.listens = action.do === 'listen';
        return;
      case 'exit-handler':
        thread.exitsAtExit ||= action.does === 'exit';
        return;
      case 'hang':
        for (const t of all(thread)) t.hung = true;
        return;
      default:
        if (ENDS.has(action.do)) this.remove(thread.path);
    }
  }

  private start(owner: Live, { name, how }: Starting): void {
    this.started++;
    const live = newLive(name, [...owner.path, name], owner.probed && how.env !== 'empty');
    live.isRead = how.stdout === true;
    if (live.path.length === 1) live.prints = ['stdout', 'stderr'];
    else if (how.stdout) live.prints = ['stdout'];
    owner.children.push(live);
  }

  private remove(path: readonly string[]): void {
    const owner = this.at(path.slice(0, -1));
    if (!owner) return;
    owner.children = owner.children.filter(({ name }) => name !== path.at(-1));
    owner.gone.push(path.at(-1)!);
  }
}

/** Daemons do not keep it, unless it reads what they print. */
export const mayReturn = ({ children }: Live): boolean => children.every((child) => !child.refd && !child.isRead);

const all = (thread: Live): Live[] => [thread, ...thread.children.flatMap(all)];

const newLive = (name: string, path: string[], probed: boolean): Live => ({
  name,
  path,
  probed,
  refd: true,
  isRead: false,
  hung: false,
  listens: false,
  exitsAtExit: false,
  prints: [],
  children: [],
  gone: [],
});
