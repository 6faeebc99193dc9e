// Threads of a debugger that has its own numbers for them, told apart by their names: of several that have one name, by the order
// in which they started. Pure.
import type { ThreadId } from '../../transport/threadId';

/** The `nth` of the `of` living threads of a process that have this name; the first is 0. */
export interface Namesake {
  name: string;
  nth: number;
  of: number;
}

/** A thread as the timeline knows it, and as its debugger may. */
export type Sought = ThreadId & Partial<Namesake>;

interface Named {
  id: number;
  name?: string | undefined;
}

/** @param living threads of one process, in the order of their starts */
export function namesakeOf(id: number, living: readonly Named[]): Namesake | undefined {
  const name = living.find((one) => one.id === id)?.name;
  if (name === undefined) return undefined;
  const all = living.filter((one) => one.name === name);
  return { name, nth: all.findIndex((one) => one.id === id), of: all.length };
}

/** Undefined where there is none, and where one of the two sides knows more threads of that name than the other. */
export function idOfNamesake({ name, nth, of }: Namesake, living: readonly Named[]): number | undefined {
  const all = living.filter((one) => one.name === name);
  return all.length === of ? all[nth]?.id : undefined;
}
