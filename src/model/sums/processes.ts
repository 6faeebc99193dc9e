// Sums up a process that ended long ago, by the program that it ran, below the process that started it. Pure.
import { grouped } from '../../common/grouped';
import { conclusionsOf } from '../conclusions/conclusions';
import { endingOf } from '../conclusions/endings';
import { noEarlier, type EarlierFacts, type EarlierGroup } from '../facts/earlier';
import { isMain, seenThreads, type Changes, type Model, type ProcessFacts, type ThreadFacts } from '../facts/facts';
import { fileLabel } from '../facts/sites';
import { verdictsOnProcess } from '../findings/findings';
import { lostRecords } from '../picture';
import { MAIN_THREAD } from '../../protocol/probeEvents';
import { add, addVerdict, groupsBelow, keyAmong, merge, newGroup, newKey, sumUpThreads } from './threads';

/** Begins the keys of what is of other processes: their threads are in no pool of the process that they are below. */
const OF_ANOTHER = '\0';
const MOST_PROBLEMS = 20;

/** @param processes have ended, are settled, and none is the first of its run */
export function sumUpProcesses(model: Model, processes: ProcessFacts[], changes: Changes): void {
  const hosts = new Hosts(model.processes.values());
  for (const process of processes) sumUp(model, process, hosts.take(process), changes);
}

/** @param host below which it is from now on */
function sumUp(model: Model, process: ProcessFacts, host: ProcessFacts, changes: Changes): void {
  const earlier = (host.earlier ??= noEarlier());
  const group = groupFor(earlier, host, process);
  for (const verdict of verdictsOnProcess(conclusionsOf(process, process.end!.t))) addVerdict(group, verdict);
  const seen = seenThreads(process);
  const workers = seen.filter((thread) => !isMain(thread));
  sumUpThreads(process, youngestFirst(workers), changes);
  group.processes++;
  for (const main of seen.filter(isMain)) addMain(group, process, main);
  adopt(earlier, host, process);
  addProblems(host, process, earlier);
  remove(model, process, changes);
  host.revision++;
  changes.processes.add(host.key);
  model.revision++;
}

/** What started each process, or the first of its run, where something else is in between. */
class Hosts {
  /** By run and pid, as numbers come again: oldest first. */
  private readonly byPid: Map<string, ProcessFacts[]>;
  private readonly firsts = new Map<number, ProcessFacts>();
  /** Of those that were taken: what they are below. */
  private readonly hosts = new Map<ProcessFacts, ProcessFacts>();

  constructor(processes: Iterable<ProcessFacts>) {
    const all = [...processes];
    for (const process of all) if (!this.firsts.has(process.run)) this.firsts.set(process.run, process);
    const started = all.filter(({ start }) => start).sort((a, b) => a.start!.t - b.start!.t);
    this.byPid = grouped(started, ({ run, start }) => `${run} ${start!.pid}`);
  }

  /** Returns one that was not taken itself. */
  take(process: ProcessFacts): ProcessFacts {
    const first = this.firsts.get(process.run)!;
    const starter = this.starterOf(process);
    const host = starter ? this.kept(starter) : first;
    const other = host === process ? first : host;
    this.hosts.set(process, other);
    return other;
  }

  /** The last of that number that had started by then. */
  private starterOf(process: ProcessFacts): ProcessFacts | undefined {
    const { run, start } = process;
    const ofNumber = (start && this.byPid.get(`${run} ${start.ppid}`)) ?? [];
    let [low, high] = [0, ofNumber.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (ofNumber[middle]!.start!.t <= start!.t) low = middle + 1;
      else high = middle;
    }
    const last = ofNumber[low - 1];
    return last === process ? ofNumber[low - 2] : last;
  }

  /** What is known of each on the way is shortened: they may be below each other by the thousand. */
  private kept(process: ProcessFacts): ProcessFacts {
    const way: ProcessFacts[] = [];
    let one = process;
    for (let next = this.hosts.get(one); next; next = this.hosts.get(one)) {
      way.push(one);
      one = next;
    }
    for (const passed of way) this.hosts.set(passed, one);
    return one;
  }
}

function groupFor(earlier: EarlierFacts, host: ProcessFacts, { start }: ProcessFacts): EarlierGroup {
  const groups = groupsBelow(earlier, MAIN_THREAD);
  const file = start?.argv[1];
  const program = file ?? start?.argv[0];
  const key = keyAmong(groups, `${OF_ANOTHER}${program ?? ''}`);
  const label = program === undefined ? host.key : fileLabel(program);
  return groups.get(key) ?? newGroup(earlier, host, groups, key, { label, file });
}

/** None before those that it started. */
const youngestFirst = (threads: ThreadFacts[]): ThreadFacts[] => threads.sort((a, b) => b.id - a.id);

function addMain(group: EarlierGroup, process: ProcessFacts, main: ThreadFacts): void {
  const ended = endingOf(process, main);
  if (ended) add(group, { thread: main, ended });
}

/** The sums of its threads, and of processes that were below it. */
function adopt(earlier: EarlierFacts, host: ProcessFacts, process: ProcessFacts): void {
  const groups = groupsBelow(earlier, MAIN_THREAD);
  for (const below of process.earlier?.groups.values() ?? []) {
    for (const [by, group] of below) {
      const key = keyAmong(groups, by.startsWith(OF_ANOTHER) ? by : `${OF_ANOTHER} ${by}`);
      const known = groups.get(key);
      if (known) merge(known, group);
      else groups.set(key, { ...group, key: newKey(earlier, host) });
    }
  }
}

function addProblems(host: ProcessFacts, process: ProcessFacts, earlier: EarlierFacts): void {
  earlier.missing += lostRecords(process);
  for (const name of process.missing) host.missing.add(name);
  for (const problem of process.problems) {
    if (host.problems.length < MOST_PROBLEMS) host.problems.push(problem);
    else host.moreProblems++;
  }
  host.moreProblems += process.moreProblems;
  const { messages } = process;
  if (messages) host.messages?.drop(messages.dropped + messages.length);
}

function remove(model: Model, process: ProcessFacts, changes: Changes): void {
  for (const { key } of process.threads.values()) {
    changes.threads.delete(key);
    changes.removed.add(key);
  }
  model.processes.delete(process.key);
  model.gone.add(process.key);
  changes.processes.delete(process.key);
  changes.removedProcesses.add(process.key);
}
