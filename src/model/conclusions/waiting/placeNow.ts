// Where a thread is at this moment, by what its process told when it was asked. Pure.
import type { ProcessPicture, ThreadPicture } from '../../../protocol/picture';
import type { Site, ThreadStack } from '../../../protocol/probeEvents';
import { runtimeOf } from '../../runtimes/runtimes';

export interface PlaceNow {
  /** It waits in its event loop, or turns it. */
  isIdle: boolean;
  /** Where it waits else, and the call that it is in. */
  waitsIn?: string;
  within?: string;
  /** Innermost first; absent where that could not be told. */
  frames?: Site[];
}

/** @param stacks of its process, of which none is told where asking itself could hold the program up */
export function placeNow(
  { id, state, activity }: Pick<ThreadPicture, 'id' | 'state' | 'activity'>,
  { runtime }: Pick<ProcessPicture, 'runtime'>,
  stacks: readonly ThreadStack[],
): PlaceNow {
  const stack = stacks.find((one) => one.id === id);
  const waitsIn = activity?.blocked?.what ?? (stack?.sleeps ? stack.within : undefined);
  const hasFrames = stack !== undefined && stack.frames.length > 0;
  return {
    isIdle: !hasFrames && waitsIn === undefined && state === 'alive' && isInLoop(id, runtime, stacks),
    ...(waitsIn === undefined ? {} : { waitsIn }),
    ...(hasFrames && stack.within !== undefined ? { within: stack.within } : {}),
    ...(hasFrames ? { frames: stack.frames } : {}),
  };
}

/** Main answers from its loop. Where others tell what code they run, who tells none runs none. */
const isInLoop = (id: number, { id: runtime }: ProcessPicture['runtime'], stacks: readonly ThreadStack[]): boolean =>
  runtimeOf({ origin: { runtime } }).hasLoops && (id === 0 || stacks.some(({ frames }) => frames.length > 0));
