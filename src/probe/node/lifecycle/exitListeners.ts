// Exit listeners of a thread, which do not run when it is killed or terminated. Noticed where `process.on` and the like are
// looked up (`preload.ts`); what that has changed is seen before the next look-up, or a little later.
import type { Site } from '../../../protocol/probeEvents';
import type { Frame } from '../given';
import type { Listener } from '../raw';
import { lookLater } from '../tools/later';
import { PrivateMap } from '../tools/builtins';
import { frames, isNodes, isProgram, siteOf } from '../tools/callSite';
import type { Spool } from '../spool/spool';

/** Of so many look-ups it is found out who does it. */
const MOST_CALLERS = 64;
/** Listeners that are looked at. */
const MOST_LISTENERS = 256;
/** Changes that are told of one thread. */
const MOST_TOLD = 32;
/** Who added a listener: Node for itself, or the program, where that is known. */
type By = 'node' | 'program' | Site;

export class ExitListeners {
  private readonly addedBy = new PrivateMap<Listener, By>();
  /** Of the last look-up, which may have added one. */
  private caller: By | undefined;
  private lookups = 0;
  private waits = false;
  private told = '';
  private tells = 0;

  /** @param nodes those that were there when the thread began */
  constructor(
    private readonly spool: Spool,
    nodes: Listener[],
  ) {
    for (let i = 0; i < nodes.length; i++) this.addedBy.set(nodes[i]!, 'node');
  }

  /** Somebody may have looked up how to add one, and have done so meanwhile. @param frames who, if it is known */
  wasLookedUp(frames: Frame[]): void {
    this.caller = callerIn(frames);
    this.waits = true;
    lookLater(this.lookLater);
  }

  /** Must not throw. */
  lookedUp(adds: boolean): void {
    this.look();
    try {
      this.caller = adds && this.lookups++ < MOST_CALLERS ? callerIn(frames()) : undefined;
      if (this.waits) return;
      this.waits = true;
      lookLater(this.lookLater);
    } catch (error) {
      this.spool.problem('exit-listeners', error);
    }
  }

  private readonly lookLater = (): void => {
    this.waits = false;
    this.look();
  };

  private look(): void {
    try {
      this.tell(exitListeners());
      this.caller = undefined;
    } catch (error) {
      this.spool.problem('exit-listeners', error);
    }
  }

  private tell(all: Listener[]): void {
    let count = 0;
    let at: Site | undefined;
    for (let i = 0; i < all.length; i++) {
      let by = this.addedBy.get(all[i]!);
      if (!by) this.addedBy.set(all[i]!, (by = this.caller ?? 'program'));
      if (by === 'node') continue;
      count++;
      if (typeof by === 'object') at ??= by;
    }
    const text = `${count} ${at ? `${at.file}:${at.line}:${at.column}` : ''}`;
    if (text === this.told || (count === 0 && this.told === '') || this.tells > MOST_TOLD) return;
    this.told = text;
    // Who goes on adding and removing them: how many there are in the end is not known.
    if (++this.tells > MOST_TOLD) this.spool.tell('exit-listeners', { count: 0 });
    else this.spool.tell('exit-listeners', { count, ...(at ? { at } : {}) });
  }
}

/** Those of the process for its exit. */
export function exitListeners(): Listener[] {
  const { _events } = process as unknown as { _events?: { exit?: Listener | Listener[] } };
  const found = _events?.exit;
  if (typeof found === 'function') return [found];
  return found && found.length <= MOST_LISTENERS ? found : [];
}

/** Who looked the method up: not the part of Node that all emitters have in common. */
function callerIn(stack: Frame[]): By {
  for (let i = 0; i < stack.length; i++) {
    const frame = stack[i]!;
    if (isProgram(frame)) return siteOf(frame);
    if (isNodes(frame) && frame.file !== 'node:events') return 'node';
  }
  return 'program';
}
