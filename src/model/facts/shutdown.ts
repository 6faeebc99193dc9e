// What main told of the end of its process, and what could not be done: each kept in the order of its times. Pure.
import type { Clue, ExitFailed, ExitPhase, LeftUndone, StartFailed, TaskFailed } from '../../protocol/probeEvents';

export type ShutdownEvent = Clue | ExitFailed | ExitPhase | LeftUndone | StartFailed | TaskFailed;

export interface ShutdownFacts {
  /** By main, after its code. */
  phases: ExitPhase[];
  /** What the end called failed. */
  failed: ExitFailed[];
  undone: LeftUndone[];
  /** From the program’s source. */
  clues: Clue[];
  startsFailed: StartFailed[];
  tasksFailed: TaskFailed[];
  /** How many more tasks failed. */
  moreTasks: number;
}

export const noShutdown = (): ShutdownFacts => ({
  phases: [],
  failed: [],
  undone: [],
  clues: [],
  startsFailed: [],
  tasksFailed: [],
  moreTasks: 0,
});

/** Of each kind. */
const MOST = 512;

export function foldShutdown(facts: ShutdownFacts, event: ShutdownEvent): void {
  if (event.k === 'exit-phase') add(facts.phases, event);
  else if (event.k === 'exit-failed') add(facts.failed, event);
  else if (event.k === 'left-undone') add(facts.undone, event);
  else if (event.k === 'clue') add(facts.clues, event);
  else if (event.k === 'start-failed') add(facts.startsFailed, event);
  else if (!add(facts.tasksFailed, event)) facts.moreTasks++;
}

function add<T extends { t: number; q: number }>(all: T[], event: T): boolean {
  if (all.length >= MOST) return false;
  all.push(event);
  all.sort((a, b) => a.t - b.t || a.q - b.q);
  return true;
}
