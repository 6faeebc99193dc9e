// Threads that fared alike, so that a report has one line for all of them. Pure.
import { grouped } from '../../common/grouped';
import type { ThreadReport } from './report';

/** The first of them counts for all: the same label, daemon or not, and the same end in all but its time. */
export interface Alike {
  thread: ThreadReport;
  count: number;
  /** The end of the last, in µs. */
  last?: number;
}

/** @param threads in tree order; those that started others, and those that live, are each their own */
export function alikeIn(threads: readonly ThreadReport[]): Alike[] {
  const owners: number[] = [];
  const groups = grouped(
    threads.map((thread, i) => {
      owners[thread.depth + 1] = i;
      const isLeaf = (threads[i + 1]?.depth ?? 0) <= thread.depth;
      return {
        thread,
        key: isLeaf && thread.ended && thread.depth > 0 ? `${owners[thread.depth]} ${signOf(thread)}` : `${i}`,
      };
    }),
    ({ key }) => key,
  );
  return [...groups.values()].map((group) => groupOf(group.map(({ thread }) => thread)));
}

/** Of those that were cut off: with the same left undone, and started by the same line. */
export const alikeCutOff = (threads: readonly ThreadReport[]): Alike[] =>
  [...grouped(threads, (thread) => signOf(thread) + undoneOf(thread)).values()].map(groupOf);

function groupOf(group: ThreadReport[]): Alike {
  const last = group.at(-1)!.ended?.t;
  return { thread: group[0]!, count: group.length, ...(last === undefined ? {} : { last }) };
}

const signOf = ({ label, daemon, flips, ended }: ThreadReport): string =>
  JSON.stringify([label, daemon, flips, ended?.by, ended?.because, ended?.severity]);

const undoneOf = ({ startSite, unfinished = [] }: ThreadReport): string =>
  JSON.stringify([startSite, unfinished.map(({ text, at }) => [text, at])]);

/** How many threads stand in so many lines. */
export const countOf = (lines: readonly Alike[]): number => lines.reduce((sum, { count }) => sum + count, 0);
