// The pictures of several sessions of one machine as one picture: the same clock, the latest run of each, and keys that are
// theirs alone. Pure.
import type { Delta, EarlierThreads, Notice, ProcessPicture, Snapshot } from '../../protocol/picture';
import { SEVERITIES } from '../../protocol/rules';
import type { SessionId } from '../../protocol/timelineMessages';

/** A session as it is shown among others. */
export interface Part {
  id: SessionId;
  title: string;
  snapshot: Snapshot;
}

export interface Around {
  title: string;
  /** Of the merged picture. */
  revision: number;
}

export function mergedSnapshot(parts: readonly Part[], { title, revision }: Around): Snapshot {
  const owners = ownersIn(parts);
  const earlier = earlierIn(parts);
  return {
    revision,
    title,
    ...sumsOf(parts),
    ...verdictsOf(parts),
    ...(earlier.length > 0 ? { earlier } : {}),
    processes: parts.flatMap((part, order) => processesOf(part, order, part.snapshot.processes, owners)),
    threads: parts.flatMap((part) => part.snapshot.threads.filter(({ process }) => owners.get(process) === part.id)),
  };
}

/**
 * What a delta of one session changes in the merged picture; undefined where only the whole of it says that.
 * @param before the sessions without the delta, of which `after` differs in that one alone
 * @param around with the revision that this leads to
 */
export function mergedDelta(
  before: readonly Part[],
  after: readonly Part[],
  id: SessionId,
  delta: Delta,
  { title, revision }: Around,
): Delta | undefined {
  const [was, owners] = [ownersIn(before), ownersIn(after)];
  if (!isChangeOf(id, delta, was, owners)) return undefined;
  const order = after.findIndex((part) => part.id === id);
  const part = after[order]!;
  const isOver = part.snapshot.complete && !before[order]!.snapshot.complete;
  const removed = (delta.removed ?? []).filter((key) => was.get(processOf(key)) === id);
  const removedProcesses = (delta.removedProcesses ?? []).filter((key) => was.get(key) === id);
  // With a process that comes or goes, what is said of it does, too.
  const isMoved = removedProcesses.length > 0 || delta.processes.some(({ key }) => !was.has(key));
  const { pools, findings } = isMoved || delta.pools || delta.findings ? verdictsOf(after) : {};
  return {
    from: revision - 1,
    revision,
    title,
    ...sumsOf(after),
    processes: processesOf(part, order, isOver ? part.snapshot.processes : delta.processes, owners),
    threads: delta.threads.filter(({ process }) => owners.get(process) === id),
    ...(pools ? { pools } : {}),
    ...(findings ? { findings } : {}),
    ...(removed.length > 0 ? { removed } : {}),
    ...(removedProcesses.length > 0 ? { removedProcesses } : {}),
    ...(isMoved || delta.earlier ? { earlier: earlierIn(after) } : {}),
  };
}

/** Key of the process of a thread. */
export const processOf = (thread: string): string => thread.slice(0, thread.lastIndexOf(':'));

type Owners = ReadonlyMap<string, SessionId>;
const known = new WeakMap<readonly Part[], Owners>();

/** Whose each process is that is shown: of the latest run of a session and, where two know it, the first one's. */
export function ownersIn(parts: readonly Part[]): Owners {
  let owners = known.get(parts) as Map<string, SessionId> | undefined;
  if (owners) return owners;
  known.set(parts, (owners = new Map()));
  for (const { id, snapshot } of parts) {
    const latest = snapshot.processes.reduce((most, { run }) => Math.max(most, run), 0);
    for (const { key, run } of snapshot.processes) if (run === latest && !owners.has(key)) owners.set(key, id);
  }
  return owners;
}

/** Whether processes come and go only as the delta of that session says. */
function isChangeOf(id: SessionId, delta: Delta, before: Owners, after: Owners): boolean {
  const added = new Set(delta.processes.map(({ key }) => key));
  const removed = new Set(delta.removedProcesses);
  for (const [key, owner] of before)
    if (after.get(key) !== owner && (after.has(key) || owner !== id || !removed.has(key))) return false;
  for (const [key, owner] of after) if (!before.has(key) && (owner !== id || !added.has(key))) return false;
  return true;
}

/** All are one run. What a session that is over has left open is over, too: nothing more will be heard of it. */
const processesOf = (
  { id, title, snapshot }: Part,
  order: number,
  processes: readonly ProcessPicture[],
  owners: Owners,
): ProcessPicture[] =>
  processes
    .filter(({ key }) => owners.get(key) === id)
    .map((process) => ({ ...process, run: 0, over: process.over || snapshot.complete, session: { title, order } }));

function sumsOf(parts: readonly Part[]): Pick<Snapshot, 'now' | 'damaged' | 'complete' | 'notices'> {
  return {
    now: Math.max(...parts.map(({ snapshot }) => snapshot.now)),
    damaged: parts.reduce((sum, { snapshot }) => sum + snapshot.damaged, 0),
    complete: parts.every(({ snapshot }) => snapshot.complete),
    notices: parts.flatMap(noticesOf),
  };
}

const noticesOf = ({ id, title, snapshot }: Part): Notice[] =>
  snapshot.notices.map((notice) => ({ ...notice, id: `${id} ${notice.id}`, text: `${title}: ${notice.text}` }));

function verdictsOf(parts: readonly Part[]): Pick<Snapshot, 'pools' | 'findings'> {
  const owners = ownersIn(parts);
  const own = <T extends { process: string }>(of: (snapshot: Snapshot) => T[]): T[] =>
    parts.flatMap(({ id, snapshot }) => of(snapshot).filter(({ process }) => owners.get(process) === id));
  const rank = (severity: (typeof SEVERITIES)[number]): number => SEVERITIES.indexOf(severity);
  return {
    pools: own(({ pools }) => pools),
    findings: own(({ findings }) => findings).sort((a, b) => rank(a.severity) - rank(b.severity) || a.t - b.t),
  };
}

function earlierIn(parts: readonly Part[]): EarlierThreads[] {
  const owners = ownersIn(parts);
  return parts.flatMap(({ id, snapshot }) =>
    (snapshot.earlier ?? []).filter(({ process }) => owners.get(process) === id),
  );
}
