// Folds batches of activity records into the facts of their thread: each kind of record goes to the fold of its concern.
// Pure.
import { activitiesIn, recordsIn, type Activity } from '../../protocol/activityBatch';
import type { ActivityBatch } from '../../protocol/probeEvents';
import { keepPath, remember, touch, type ActivityFacts, type Others } from './activityFacts';
import { LockLog } from './lockLog';
import { matchOthers, movedOn } from './messages/matching';
import { foldAstray, foldBroken, foldChannel, foldPassage, foldPoll, foldPost, foldReceive } from './messages/messages';
import { foldHeap, foldLoop, foldProcessorTime, foldTime, foldUnturned } from './samples';
import { foldTask, foldTaskPost } from './tasks/poolTasks';
import { foldBlock, foldStall, foldUnblock } from './waiting/waits';
import { foldOpened, foldWrite, foldWritten } from './writes';

const WRAP = 2 ** 32;
/** How many ports may be looked at for each record. */
const EFFORT_A_RECORD = 64;

/** Folds what is new in a batch into the facts of thread `batch.tid`; returns the threads whose picture may differ now. */
export function foldBatch(facts: ActivityFacts, batch: ActivityBatch, others: Others): Set<number> {
  const touched = new Set([batch.tid]);
  const { passages } = facts;
  let broadcasts = false;
  const count = recordsIn(batch.records);
  const ahead = (batch.n - facts.next + WRAP) % WRAP;
  const isLate = ahead > WRAP / 2; // reported before, by another thread
  const skip = isLate ? WRAP - ahead : 0;
  if (skip >= count) return touched;
  const records = activitiesIn(batch.records, batch.base, batch.t);
  if (!isLate && ahead > 0) forgetOngoing(facts, ahead, records[0]?.t ?? batch.t);
  facts.next = (batch.n + count) % WRAP;
  let last: number | undefined;
  for (const record of records) {
    if (record.index < skip) continue;
    facts.lastTime = record.t;
    broadcasts ||= record.kind === 'post' && facts.broadcasts.has(record.arg);
    const about = foldActivity(batch.tid, facts, record, others);
    if (about !== last && about !== undefined) touched.add(about);
    last = about;
  }
  if (broadcasts) others.heard();
  others.effort.left += count * EFFORT_A_RECORD;
  if (facts.passages > passages || others.effort.isBehind) for (const id of matchOthers(others)) touched.add(id);
  return touched;
}

/** What began before records were dropped, all before `until`, may have ended among them. */
function forgetOngoing(facts: ActivityFacts, dropped: number, until: number): void {
  facts.dropped += dropped;
  touch(facts, Math.min(facts.lastTime, facts.blocked?.since ?? Infinity));
  touch(facts, facts.gapSpans.add(facts.lastTime, until, 0));
  facts.writes.clear();
  facts.standard.clear();
  facts.locks?.forget();
  facts.transactions.clear();
  facts.pending.clear();
  facts.tasks.clear();
  delete facts.blocked;
}

/** Returns another thread that the record is about. */
function foldActivity(thread: number, facts: ActivityFacts, record: Activity, others: Others): number | undefined {
  const { kind, t, arg, a, b } = record;
  switch (kind) {
    case 'post':
      foldTaskPost(facts, arg);
      return foldPost(thread, facts, record, others);
    case 'receive':
      return foldReceive(thread, facts, record, others);
    case 'broken':
      foldBroken(facts, record);
      return undefined;
    case 'astray':
      foldAstray(facts, record);
      return undefined;
    case 'poll':
      foldPoll(thread, facts, record, others);
      return undefined;
    case 'channel':
      foldChannel(facts, record);
      return undefined;
    case 'moved':
      movedOn(facts, arg, others);
      foldPassage(facts, kind, record);
      return undefined;
    case 'arrived':
      foldPassage(facts, kind, record);
      return undefined;
    case 'born':
      remember(facts.born, arg, t);
      return undefined;
    case 'shut':
      remember(facts.shut, arg, t);
      return undefined;
    case 'block':
      foldBlock(facts, record);
      return undefined;
    case 'unblock':
      foldUnblock(thread, facts, record, others);
      return undefined;
    case 'notify':
      others.wakes?.notified(thread, a, t - b, t);
      return undefined;
    case 'stall':
      foldStall(facts, record);
      return undefined;
    case 'write':
      foldWrite(facts, record);
      return undefined;
    case 'written':
      foldWritten(facts, record);
      return undefined;
    case 'opened':
      foldOpened(facts, record);
      return undefined;
    case 'path':
      keepPath(facts, arg, a, b);
      return undefined;
    case 'closed':
      facts.files.delete(arg);
      return undefined;
    case 'lock':
      (facts.locks ??= new LockLog()).fold(record);
      return undefined;
    case 'transaction':
      if (a === 1) remember(facts.transactions, arg, { since: t, site: b });
      else facts.transactions.delete(arg);
      return undefined;
    case 'pending':
      remember(facts.pending, b, { since: t, site: arg });
      return undefined;
    case 'settled':
      facts.pending.delete(b);
      return undefined;
    case 'task':
      foldTask(facts, record);
      return undefined;
    case 'loop':
      foldLoop(others.samplesOf(arg), record, others.activityOf(arg)?.stallSpans);
      return arg;
    case 'unturned':
      foldUnturned(others.samplesOf(arg), record);
      return arg;
    case 'cpu':
      foldProcessorTime(others.samplesOf(thread), record);
      return undefined;
    case 'time':
      foldTime(others.samplesOf(arg), record);
      return arg;
    case 'heap':
      foldHeap(others.samplesOf(arg), record);
      return arg;
  }
}
