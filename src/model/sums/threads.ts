// Sums up threads that ended long ago by the line that started them, with all that can be concluded of them by then. Pure.
import { grouped } from '../../common/grouped';
import { t } from '../../common/l10n';
import type { EndedBy } from '../../protocol/picture';
import { workerOfPort } from '../../protocol/activity';
import type { Site } from '../../protocol/probeEvents';
import type { RuleId } from '../../protocol/rules';
import { holdsOf } from '../conclusions/holds';
import { ownerOf } from '../conclusions/once';
import { isTooling, packageOf } from '../conclusions/origin/packages';
import { mostRunning, poolsOf, startedBy } from '../conclusions/pools';
import { forgetPort, type ActivityFacts } from '../facts/activityFacts';
import { noEarlier, type EarlierFacts, type EarlierGroup, type EarlierVerdict } from '../facts/earlier';
import { isMain, type Changes, type ProcessFacts, type ThreadFacts } from '../facts/facts';
import { fileLabel, siteText } from '../facts/sites';
import { suspect, type Suspect } from '../findings/evidence';
import { rank, verdictsOn } from '../findings/findings';
import { isHeardByOwner } from '../findings/severity';
import { isPassedOn } from '../findings/failure/unhandledWorkerError';
import { backlogsWith } from '../findings/load/messageBacklog';
import { churnSince, startsByLine, STARTS_KEPT, wasShort } from '../findings/load/threadChurn';
import type { RuledVerdict } from '../findings/verdict';

/** Lines of a process that are kept apart; what further ones started is one sum. */
const MOST_LINES = 500;
const MOST_HOLDS = 200;
const OTHER_LINES = '';

/** @param threads none before those that it started */
export function sumUpThreads(process: ProcessFacts, threads: ThreadFacts[], changes: Changes): void {
  const earlier = (process.earlier ??= noEarlier());
  const pools = poolsOf(process);
  const busiest = new Map(pools.all.map((pool) => [pool, mostRunning(pool.threads)]));
  sumUpStarts(process, earlier, threads);
  // Threads of tools, and of the runtime's own, go with their owners, and are not counted.
  const workers = threads
    .filter((thread) => !isTooling(thread))
    .map((thread) => suspect(process, thread, pools.of.get(thread)));
  const verdicts = grouped(
    [...verdictsOn(workers), ...backlogsWith(process, new Set(threads))],
    ({ thread }) => thread,
  );
  for (const worker of workers) {
    const { thread, pool } = worker;
    const group = groupFor(earlier, process, worker);
    add(group, worker);
    if (isNoFailure(worker)) group.heard++;
    if (pool) group.mostBusy = Math.max(group.mostBusy, busiest.get(pool)!);
    for (const verdict of verdicts.get(thread) ?? []) addVerdict(group, verdict);
    adoptGroups(earlier, thread);
    const owner = ownerOf(process, thread);
    if (owner && isPassedOn(process, thread, owner)) owner.failedByWorker = true;
    addHolds(earlier, process, worker, group);
  }
  for (const thread of threads) remove(process, earlier, thread, changes);
  for (const { activity } of process.threads.values()) if (activity) forgetPortsTo(activity, earlier);
  process.revision++; // what was concluded of all of them stands no more
  changes.processes.add(process.key);
}

/** Its error was heard, or is that of a thread that it had started. */
const isNoFailure = (worker: Suspect): boolean =>
  worker.ended?.by === 'error' && (isHeardByOwner(worker, worker.ended) || worker.thread.failedByWorker === true);

/** Whether a line starts too many threads is looked at while all of them are known. */
function sumUpStarts(process: ProcessFacts, earlier: EarlierFacts, threads: ThreadFacts[]): void {
  const known = startsByLine([...process.threads.values()]);
  for (const [line, gone] of startsByLine(threads)) {
    const first = gone.reduce((a, b) => (b.firstSeen < a.firstSeen ? b : a));
    let starts = earlier.lines.get(line);
    if (!starts) {
      if (earlier.lines.size >= MOST_LINES) continue;
      starts = { at: first.start!.at!, count: 0, short: 0, first: Infinity, last: 0, recent: [] };
      earlier.lines.set(line, starts);
    }
    const since = starts.since ?? churnSince(ascending([...starts.recent, ...known.get(line)!.map(startOf)]));
    if (since !== undefined) starts.since = since;
    starts.count += gone.length;
    starts.short += gone.filter((thread) => wasShort(process, thread)).length;
    starts.recent = ascending([...starts.recent, ...gone.map(startOf)]);
    starts.first = Math.min(starts.first, starts.recent[0]!);
    starts.last = Math.max(starts.last, starts.recent.at(-1)!);
    starts.recent.splice(0, starts.recent.length - STARTS_KEPT);
  }
}

const startOf = ({ firstSeen }: ThreadFacts): number => firstSeen;
const ascending = (numbers: number[]): number[] => numbers.sort((a, b) => a - b);

function groupFor(earlier: EarlierFacts, process: ProcessFacts, { thread }: Suspect): EarlierGroup {
  const { start } = thread;
  const groups = groupsBelow(earlier, start?.tid);
  const key = keyAmong(groups, start ? startedBy(thread) : OTHER_LINES);
  const { file, at } = key === OTHER_LINES || !start ? {} : start;
  return groups.get(key) ?? newGroup(earlier, process, groups, key, { label: labelFor(thread, key), file, at });
}

/** Where there are groups enough, others come into one. */
export const keyAmong = (groups: ReadonlyMap<string, EarlierGroup>, key: string): string =>
  groups.size < MOST_LINES || groups.has(key) ? key : OTHER_LINES;

export function newGroup(
  earlier: EarlierFacts,
  process: ProcessFacts,
  groups: Map<string, EarlierGroup>,
  key: string,
  { label, file, at }: { label: string; file: string | undefined; at?: Site | undefined },
): EarlierGroup {
  const group: EarlierGroup = {
    key: newKey(earlier, process),
    label,
    ...(file === undefined ? {} : { file }),
    ...(at ? { at } : {}),
    count: 0,
    processes: 0,
    endings: new Map<EndedBy, number>(),
    heard: 0,
    daemons: 0,
    firstId: 0,
    first: Infinity,
    last: 0,
    shortest: Infinity,
    longest: 0,
    total: 0,
    mostBusy: 0,
    dropped: 0,
    verdicts: new Map<RuleId, EarlierVerdict>(),
  };
  groups.set(key, group);
  return group;
}

export const newKey = (earlier: EarlierFacts, { key }: ProcessFacts): string => `${key}~${earlier.made++}`;

export function groupsBelow(earlier: EarlierFacts, owner: number | undefined): Map<string, EarlierGroup> {
  let groups = earlier.groups.get(owner);
  if (!groups) earlier.groups.set(owner, (groups = new Map<string, EarlierGroup>()));
  return groups;
}

/** What started them, in short: names may differ from thread to thread. */
function labelFor(thread: ThreadFacts, key: string): string {
  const { file, at, eval: isEval } = thread.start ?? {};
  if (key === OTHER_LINES) return t('other workers');
  const name = packageOf(thread) ?? (file ? fileLabel(file) : isEval && at ? `eval (${siteText(at)})` : undefined);
  return name ?? t('worker');
}

export function add(
  group: EarlierGroup,
  { thread, ended, daemon }: Pick<Suspect, 'thread' | 'ended' | 'daemon'>,
): void {
  if (!ended) return;
  const { t: end, by } = ended;
  const life = Math.max(0, end - thread.firstSeen);
  group.count++;
  group.endings.set(by, (group.endings.get(by) ?? 0) + 1);
  if (daemon) group.daemons++;
  if (thread.firstSeen < group.first) [group.first, group.firstId] = [thread.firstSeen, thread.id];
  group.last = Math.max(group.last, end);
  group.shortest = Math.min(group.shortest, life);
  group.longest = Math.max(group.longest, life);
  group.total += life;
  group.dropped += thread.activity?.dropped ?? 0;
}

export function addVerdict(group: EarlierGroup, { thread: _, pool: __, count = 1, ...verdict }: RuledVerdict): void {
  const known = group.verdicts.get(verdict.rule);
  // The gravest speaks for all, whenever it comes.
  if (known && rank(known.severity) <= rank(verdict.severity)) known.count += count;
  else group.verdicts.set(verdict.rule, { ...verdict, count: count + (known?.count ?? 0) });
}

/** What was below it is below its owner from now on. */
function adoptGroups(earlier: EarlierFacts, { id, start }: ThreadFacts): void {
  const orphans = earlier.groups.get(id);
  if (!orphans) return;
  earlier.groups.delete(id);
  const groups = groupsBelow(earlier, start?.tid);
  for (const [by, group] of orphans) {
    const key = keyAmong(groups, by);
    const known = groups.get(key);
    if (known) merge(known, group);
    else groups.set(key, group);
  }
}

export function merge(into: EarlierGroup, from: EarlierGroup): void {
  into.count += from.count;
  into.processes += from.processes;
  for (const [by, count] of from.endings) into.endings.set(by, (into.endings.get(by) ?? 0) + count);
  into.heard += from.heard;
  into.daemons += from.daemons;
  if (from.first < into.first) [into.first, into.firstId] = [from.first, from.firstId];
  into.last = Math.max(into.last, from.last);
  into.shortest = Math.min(into.shortest, from.shortest);
  into.longest = Math.max(into.longest, from.longest);
  into.total += from.total;
  into.mostBusy = Math.max(into.mostBusy, from.mostBusy);
  into.dropped += from.dropped;
  for (const verdict of from.verdicts.values()) addVerdict(into, verdict);
}

function addHolds(
  { holds }: EarlierFacts,
  process: ProcessFacts,
  { thread, pool, label }: Suspect,
  group: EarlierGroup,
): void {
  if (!thread.start || !isMain({ id: thread.start.tid })) return;
  // How many a pool has changes with each that goes: it is named without.
  for (const span of holdsOf(process, thread)) holds.push({ ...span, label: pool ? group.label : label });
  if (holds.length <= 2 * MOST_HOLDS) return;
  holds.sort((a, b) => a.to - b.to);
  holds.splice(0, holds.length - MOST_HOLDS);
}

function remove(process: ProcessFacts, earlier: EarlierFacts, thread: ThreadFacts, changes: Changes): void {
  const { id, key, start, activity } = thread;
  earlier.missing += process.sequences.get(id)?.missing ?? 0;
  earlier.ids.add(id);
  process.sequences.delete(id);
  process.threads.delete(id);
  process.unmatched.delete(id);
  for (const end of activity?.ends.values() ?? []) {
    const other = process.threads.get(end.thread)?.activity;
    if (other) forgetPort(other, end.port);
  }
  if (start) process.threads.get(start.tid)?.children.delete(id);
  changes.threads.delete(key);
  changes.removed.add(key);
}

/** What its owner and others keep of the messages with it. */
function forgetPortsTo(activity: ActivityFacts, { ids }: EarlierFacts): void {
  for (const port of activity.ports.keys()) {
    const worker = workerOfPort(port);
    if (worker !== undefined && ids.has(worker)) forgetPort(activity, port);
  }
  for (const [port, { thread }] of activity.ends) if (ids.has(thread)) forgetPort(activity, port);
  activity.postSites = activity.postSites.filter(({ port }) => !ids.has(workerOfPort(port) ?? -1));
}
