// Where a thread was started, as people look for it: the innermost call of their own that is no mere factory. A pool starts
// threads when it likes: those belong to the line that made it. Of threads that only a package is known to have started, its
// line. Pure.
import { grouped } from '../../../common/grouped';
import type { Site } from '../../../protocol/probeEvents';
import type { Changes, ProcessFacts, ThreadFacts } from '../../facts/facts';
import { isInLibrary } from '../../facts/sites';
import { runtimeOf } from '../../runtimes/runtimes';
import { once } from '../once';
import { loadsOf, ownScripts, packageOf, wayOf } from './packages';

export interface Start {
  at?: Site;
  /** The call in a package that did it; the same as `at` where no line of the program is known. */
  by?: Site;
  /** Other starts had a say in that. */
  isByOthers?: true;
}

/** From so many lines on, the function that they call is a factory, though they are in its own file: one may start it again. */
const MANY_CALLERS = 3;
const NONE: Start = {};

const startsOf = once((process) => startsAmong([...process.threads.values()]));

export const startOf = (process: ProcessFacts, thread: ThreadFacts): Start => startsOf(process).get(thread) ?? NONE;
export const startSite = (process: ProcessFacts, thread: ThreadFacts): Site | undefined => startOf(process, thread).at;

/** Threads that did nothing, and whose line is another since others were started. */
export function movedStarts(process: ProcessFacts, { threads: changed }: Changes): Set<ThreadFacts> {
  const now = startsOf(process);
  const unchanged = [...now.keys()].filter(({ key }) => !changed.has(key));
  const others = unchanged.filter((thread) => now.get(thread)!.isByOthers);
  if (others.length === 0 || unchanged.length === now.size) return new Set();
  const before = startsAmong(unchanged);
  return new Set(others.filter((thread) => !isSameLine(now.get(thread)!.at, before.get(thread)!.at)));
}

const isSameLine = (a: Site | undefined, b: Site | undefined): boolean => a?.file === b?.file && a?.line === b?.line;

function startsAmong(threads: ThreadFacts[]): Map<ThreadFacts, Start> {
  const started = threads.filter(({ start }) => start?.at).sort((a, b) => a.id - b.id);
  const lines = ownLines(started);
  const makers = makersOf(started, lines);
  return new Map(
    started.map((thread) => {
      const { at, from = at } = thread.start!;
      const by = isInLibrary(at!) ? at : undefined;
      const own = makers.get(thread) ?? lines.get(thread) ?? at!;
      const isByOthers = own !== from || (isPooled(thread) && !makes(thread));
      return [thread, { at: own, ...(by ? { by } : {}), ...(isByOthers ? { isByOthers } : {}) }];
    }),
  );
}

/** The program’s own calls that led to a start, innermost first, one of each line. */
function callsOf(thread: ThreadFacts): Site[] {
  const { at, from } = thread.start!;
  const calls = [at, from, ...(wayOf(thread).callers ?? [])].flatMap((site) =>
    site && !isInLibrary(site) ? [site] : [],
  );
  return calls.filter((site, i) => !isSameLine(site, calls[i - 1]));
}

interface Called {
  thread: ThreadFacts;
  calls: Site[];
}

function ownLines(threads: ThreadFacts[]): Map<ThreadFacts, Site> {
  const found = new Map<ThreadFacts, Site>();
  const called = threads.map((thread) => ({ thread, calls: callsOf(thread) })).filter(({ calls }) => calls.length > 0);
  const tasks = [...byLine(called, 0)].map((group) => ({ group, depth: 0 }));
  for (let task = tasks.pop(); task; task = tasks.pop()) {
    const { group, depth } = task;
    const isMade = isFactory(group, depth);
    const further = isMade ? group.filter(({ calls }) => calls.length > depth + 1) : [];
    for (const { thread, calls } of group) if (!isMade || calls.length <= depth + 1) found.set(thread, calls[depth]!);
    for (const next of byLine(further, depth + 1)) tasks.push({ group: next, depth: depth + 1 });
  }
  return found;
}

const byLine = (called: Called[], depth: number): Called[][] => [
  ...grouped(called, ({ calls }) => lineOf(calls[depth]!)).values(),
];
const lineOf = ({ file, line }: Site): string => `${file}:${line}`;

/** Whether these starts, which all go through the same line, are told apart by who called it. */
function isFactory(group: Called[], depth: number): boolean {
  const callers = callersOf(group, depth + 1);
  if (callers.size < 2) return false;
  return (
    callers.size >= MANY_CALLERS || foreignCallers(group, depth).size >= 2 || new Set(group.map(scriptOf)).size >= 2
  );
}

/** The lines at the first depth from this one on at which they are not all the same; empty where there is none. */
function callersOf(group: Called[], from: number): Set<string> {
  for (let depth = from; ; depth++) {
    const lines = new Set(group.flatMap(({ calls }) => calls.slice(depth, depth + 1).map(lineOf)));
    if (lines.size !== 1) return lines;
  }
}

/** The nearest in another file. */
function foreignCallers(group: Called[], depth: number): Set<string> {
  const foreign = group.flatMap(
    ({ calls }) => calls.slice(depth).find(({ file }) => file !== calls[depth]!.file) ?? [],
  );
  return new Set(foreign.map(lineOf));
}

const scriptOf = ({ thread }: Called): string => ownScripts(thread).join('\n') || (thread.start!.file ?? '');

/** The line that made the pool, for those of its threads that another call of the program’s, or none, led to. */
function makersOf(threads: ThreadFacts[], lines: ReadonlyMap<ThreadFacts, Site>): Map<ThreadFacts, Site> {
  const found = new Map<ThreadFacts, Site>();
  const pooled = threads.filter((thread) => isPooled(thread));
  for (const group of grouped(pooled, poolKey).values()) {
    const made = group.flatMap((thread) => (makes(thread) ? (lines.get(thread) ?? []) : []));
    const [maker, another] = [...new Map(made.map((site) => [lineOf(site), site])).values()];
    if (maker && !another) for (const thread of group) found.set(thread, maker);
  }
  return found;
}

export const makes = (thread: ThreadFacts): boolean => wayOf(thread).makes === true;

function isPooled(thread: ThreadFacts): boolean {
  const name = packageOf(thread);
  return name !== undefined && !runtimeOf(thread).streamPackages.includes(name);
}

/** What threads of one pool have in common. */
function poolKey(thread: ThreadFacts): string {
  const { tid, file = '' } = thread.start!;
  return [tid, packageOf(thread), file, ...loadsOf(thread).files].join('\n');
}
