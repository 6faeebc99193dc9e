// In which function of the program a thread is that does not turn its loop for long. By a CPU profile of a moment, which the
// thread begins and ends when it can be interrupted: nobody waits for it. Since Node 22.
import { SLOT } from '../memory/slot';
import type { Slot } from '../memory/arena';
import { getOwnPropertyDescriptor, load, parse, thenOfPromises, uncurried } from '../tools/builtins';
import type { Frame } from '../given';
import { placeInOther } from './stacks';
import type { Site } from '../../../protocol/probeEvents';
import { sleepsNow } from '../memory/nativeThread';
import { systemCall } from '../memory/systemCall';
import { clipped, slice } from '../tools/text';
import type { Recorder } from './recorder';
import type { Spool } from '../spool/spool';

/** In ms: it is asked first after so long, then after twice the time, and so on. */
const FIRST_MS = 3_000;
const MOST_FRAMES = 10;
/** In characters. */
const LONGEST_PROFILE = 1 << 20;

interface Handle {
  stop: () => Promise<string>;
}
interface ProfileNode {
  id: number;
  callFrame: { functionName: string; url: string; lineNumber: number; columnNumber: number };
  children?: number[];
}
interface Profile {
  nodes: ProfileNode[];
  samples?: number[];
}
const then = uncurried(
  thenOfPromises as (this: Promise<unknown>, done: (value: never) => void, failed: () => void) => unknown,
);
const nothing = (): void => undefined;

export class Stalls {
  private profileOf: ((worker: object, name: string | undefined) => Promise<Handle>) | undefined;
  /** By thread: by when it should have turned its loop, and after how many ms it is asked again. */
  private readonly known = { __proto__: null } as unknown as Record<number, { due: number; next: number }>;

  constructor(
    private readonly spool: Spool,
    private readonly recorder: Recorder,
  ) {
    recorder.unturned = (slot, ms) => this.look(slot, ms);
  }

  /** @param prototype of Node's own class of workers */
  profileBy(prototype: object): void {
    const start = getOwnPropertyDescriptor(prototype, 'startCpuProfile')?.value as unknown;
    if (typeof start === 'function') this.profileOf = uncurried(start as (this: object) => Promise<Handle>);
  }

  /** Never throws. */
  private look(slot: Slot, ms: number): void {
    try {
      if (ms < FIRST_MS || load(slot.words, SLOT.blocked) !== 0) return;
      const id = load(slot.words, SLOT.thread);
      const { due } = slot;
      const known = this.known[id];
      if (known?.due === due && ms < known.next) return;
      this.known[id] = { due, next: ms * 2 };
      if (!this.tellSleep(id, load(slot.words, SLOT.native))) this.ask(id, slot);
    } catch (error) {
      this.failed(error);
    }
  }

  /** Returns whether it sleeps in a call about a file: then it cannot be asked. */
  private tellSleep(id: number, native: number): boolean {
    const within = sleepsNow(native) ? systemCall(native) : undefined;
    if (within) this.spool.tell('stack', { id, frames: [], within: clipped(within), when: 'stall', sleeps: true });
    return within !== undefined;
  }

  private ask(id: number, slot: Slot): void {
    const worker = this.recorder.samples.workerOf(id);
    if (!this.profileOf || !worker) return;
    const { due } = slot;
    then(
      this.profileOf(worker, NAME),
      (handle: Handle) =>
        void then(
          handle.stop(),
          (text: string) => {
            // It may have turned since, or another thread have the slot.
            if (slot.due === due && load(slot.words, SLOT.thread) === id) this.tell(id, text);
          },
          nothing,
        ),
      nothing,
    );
  }

  private tell(id: number, text: string): void {
    try {
      const frames = text.length > LONGEST_PROFILE ? [] : framesOf(parse(text) as Profile);
      if (frames.length > 0) this.spool.tell('stack', { id, frames, when: 'stall' });
    } catch (error) {
      this.failed(error);
    }
  }

  private failed(error: unknown): void {
    this.spool.problem('stalls', error);
  }
}

/** Node 22 asks for a name, later ones do not allow any. */
const NAME = slice(process.versions.node, 0, 3) === '22.' ? 'thread-lifelines' : undefined;

/**
 * Of the last sample. It tells of functions where they begin, and of single lines only without their columns; and not of one
 * that has been optimized while it ran: then its caller is the innermost.
 */
function framesOf({ nodes, samples }: Profile): Site[] {
  const byId = { __proto__: null } as unknown as Record<number, ProfileNode>;
  const callers = { __proto__: null } as unknown as Record<number, ProfileNode>;
  for (let i = 0; i < nodes.length; i++) {
    const node = nodes[i]!;
    byId[node.id] = node;
    for (let j = 0; j < (node.children?.length ?? 0); j++) callers[node.children![j]!] = node;
  }
  const frames: Site[] = [];
  let node = byId[samples?.[samples.length - 1] ?? 0];
  for (; node && frames.length < MOST_FRAMES; node = callers[node.id]) {
    const place = placeInOther(frameOf(node));
    if (place) frames[frames.length] = place;
  }
  return frames;
}

const frameOf = ({ callFrame: { functionName, url, lineNumber, columnNumber } }: ProfileNode): Frame => ({
  file: url,
  line: lineNumber + 1,
  column: columnNumber + 1,
  function: functionName,
});
