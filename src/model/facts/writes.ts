// Writes in flight, and files that are open. Pure.
import { FileId } from '../../protocol/activity';
import type { Activity } from '../../protocol/activityBatch';
import { keepFile, keepWrite, type ActivityFacts } from './activityFacts';

export function foldWrite(facts: ActivityFacts, record: Activity): void {
  const { t, arg, a, b } = record;
  if (isStandard(arg)) addStandard(facts, record);
  else keepWrite(facts, b, { file: arg, bytes: a, since: t });
  touchFile(facts, record);
}

export function foldWritten(facts: ActivityFacts, record: Activity): void {
  if (isStandard(record.arg)) facts.standard.delete(record.arg);
  else facts.writes.delete(record.b);
  touchFile(facts, record);
}

export function foldOpened(facts: ActivityFacts, { t, arg, a, b }: Activity): void {
  keepFile(facts, arg, { fd: a, pathLength: b, path: [], lastWrite: t });
}

function touchFile({ files }: ActivityFacts, { arg, t }: Activity): void {
  const file = files.get(arg);
  if (file) file.lastWrite = Math.max(file.lastWrite, t);
}

const isStandard = (file: number): boolean => file < FileId.firstOther;

function addStandard(facts: ActivityFacts, { arg, a, t }: Activity): void {
  const before = facts.standard.get(arg);
  facts.standard.set(arg, { file: arg, bytes: (before?.bytes ?? 0) + a, since: before?.since ?? t });
}
