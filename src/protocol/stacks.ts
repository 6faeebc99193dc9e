// What a process answers when a person asks, without a debugger, where its threads are.
import type { ThreadStack } from './probeEvents';

/** One stack of each thread that told its own; or why there is none, as a sentence. */
export type StacksAnswer = { stacks: ThreadStack[] } | { failure: string };
