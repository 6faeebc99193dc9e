// Threads that were cut off or terminated while they held a lock. Pure.
import { t } from '../../../common/l10n';
import type { Ending, LockPicture } from '../../../protocol/picture';
import { isAbrupt, isKilledWithMain } from '../../conclusions/cutOff';
import { labelOf } from '../../conclusions/labels';
import { askersOf } from '../../conclusions/locks';
import { isAtWork } from '../../conclusions/tasks';
import { isMain, type ThreadFacts } from '../../facts/facts';
import type { OpenLock } from '../../facts/lockLog';
import { siteText } from '../../facts/sites';
import { cutOffOf, type Suspect } from '../evidence';
import type { WorkerRule } from '../rule';
import { fellOrTerminated, whereCutOff } from '../shared/cutOff';
import { lines, type Verdict } from '../verdict';

export const cutOffWhileHolding: WorkerRule = { id: 'cut-off-while-holding', check };

function check(worker: Suspect): Verdict | undefined {
  const { process, thread, activity, ended } = worker;
  const [lock, ...others] = activity?.locks?.filter(({ held }) => held) ?? [];
  if (!lock || !ended || !endedAlone(worker, ended)) return undefined;
  const asker = isKilledWithMain(ended)
    ? askersOf(process, lock.name, ended.t).find((one) => one.thread !== thread)
    : undefined;
  // Who has nothing more to do but holds a lock for as long as it lives, as a sign of life, is not in the middle of anything.
  if (!asker && isAtWork(process, thread, ended.t) === false) return undefined;
  const where = whereCutOff(worker, ended);
  return {
    thread,
    t: ended.t,
    ...where,
    text: [fellOrTerminated(worker, ended), heldText(lock, others.length), ...(asker ? [askedText(asker)] : [])].join(
      ' ',
    ),
    related: [...where.related!, ...lines([t('It asked for the lock here'), lock.at])],
  };
}

/** Locks are over with their process: one that was ended as a whole leaves none behind. */
function endedAlone(worker: Suspect, ended: Ending): boolean {
  if (ended.by === 'terminate') return !worker.thread.terminateCalls.at(0)?.hand;
  return cutOffOf(worker) !== undefined && !isAbrupt(ended);
}

function heldText({ name, at }: LockPicture, others: number): string {
  if (others > 0) return t('It held the lock “{0}” and {1} more.', name, others);
  return at
    ? t('It held the lock “{0}”, which it had asked for at {1}.', name, siteText(at))
    : t('It held the lock “{0}”.', name);
}

function askedText({ thread, lock: { at } }: { thread: ThreadFacts; lock: OpenLock }): string {
  if (isMain(thread))
    return at
      ? t('Main had asked for it at {0} and was not given it.', siteText(at))
      : t('Main had asked for it and was not given it.');
  return t('“{0}” had asked for it and was not given it.', labelOf(thread));
}
