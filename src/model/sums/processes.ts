// Sums up a process that ended long ago, by the program that it ran, below the process that started it. Pure.
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

/** @param process has ended, is settled, and is not the first of its run */
export function sumUpProcess(model: Model, process: ProcessFacts, changes: Changes): void {
  const host = hostOf(model, process);
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

/** What started it, or the first of its run, where something else is in between. */
function hostOf({ processes }: Model, { key, run, start }: ProcessFacts): ProcessFacts {
  let first: ProcessFacts | undefined;
  let host: ProcessFacts | undefined;
  for (const other of processes.values()) {
    if (other.run !== run || other.key === key) continue;
    first ??= other;
    if (!start || !other.start || other.start.pid !== start.ppid || other.start.t > start.t) continue;
    if (!host || other.start.t > host.start!.t) host = other; // numbers come again
  }
  return host ?? first!;
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
