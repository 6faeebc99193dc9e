// Threads that were cut off or terminated while they held a lock or were in a transaction. Pure.
import { t } from '../../../common/l10n';
import type { Ending, LockPicture, ThreadActivity } from '../../../protocol/picture';
import type { Site } from '../../../protocol/probeEvents';
import { isAbrupt, isKilledWithMain } from '../../conclusions/cutOff';
import { labelOf } from '../../conclusions/labels';
import { askerOf, type Asker } from '../../conclusions/waiting/locks';
import { isAtWork } from '../../conclusions/tasks';
import { isMain } from '../../facts/facts';
import { siteText } from '../../facts/sites';
import { cutOffOf, type Suspect } from '../evidence';
import type { WorkerRule } from '../rule';
import { fellOrTerminated, whereCutOff } from '../shared/cutOff';
import { fileText } from '../shared/text';
import { lines, type Verdict } from '../verdict';

export const cutOffWhileHolding: WorkerRule = { id: 'cut-off-while-holding', check };

function check(worker: Suspect): Verdict | undefined {
  const { activity, ended } = worker;
  if (!ended || !endedAlone(worker, ended)) return undefined;
  const { transactions: [transaction] = [], locks = [] } = activity ?? {};
  if (transaction)
    return {
      ...verdictOn(worker, ended, uncommittedText(worker, transaction), [
        t('The transaction was begun here'),
        transaction.at,
      ]),
      severity: 'error',
    };
  const told = worker.process.shutdown.undone.find(
    (one) => one.undone === 'transaction' && one.id === worker.thread.id,
  );
  if (told)
    return verdictOn(worker, ended, uncommittedText(worker, { file: told.path ?? t('a database'), since: told.t }), [
      t('It was here'),
      told.at,
    ]);
  const [lock, ...others] = locks.filter(({ held }) => held);
  return lock && onLock(worker, ended, lock, others.length);
}

function onLock(worker: Suspect, ended: Ending, lock: LockPicture, others: number): Verdict | undefined {
  const { process, thread } = worker;
  const asker = isKilledWithMain(ended) ? askerOf(process, lock.name, thread, ended.t) : undefined;
  // Who has nothing more to do but holds a lock for as long as it lives, as a sign of life, is not in the middle of anything.
  if (!asker && isAtWork(process, thread, ended.t) === false) return undefined;
  const text = heldText(lock, others) + (asker ? ` ${askedText(asker)}` : '');
  return { ...verdictOn(worker, ended, text, [t('It asked for the lock here'), lock.at]), severity: 'warning' };
}

function verdictOn(worker: Suspect, ended: Ending, what: string, line: [text: string, at: Site | undefined]): Verdict {
  const where = whereCutOff(worker, ended);
  return {
    thread: worker.thread,
    t: ended.t,
    ...where,
    text: `${fellOrTerminated(worker, ended)} ${what}`,
    related: [...where.related!, ...lines(line)],
  };
}

/** A signal or a crash of the whole process ends its locks with it, and says nothing about its threads. */
function endedAlone(worker: Suspect, ended: Ending): boolean {
  if (ended.by === 'terminate') return !worker.thread.terminateCalls.at(0)?.hand;
  return cutOffOf(worker) !== undefined && !isAbrupt(ended);
}

function uncommittedText(
  { process }: Suspect,
  { file, at }: NonNullable<ThreadActivity['transactions']>[number],
): string {
  const name = fileText(process, file);
  return at
    ? t('It was in a transaction in {0}, begun at {1}, which was not committed.', name, siteText(at))
    : t('It was in a transaction in {0}, which was not committed.', name);
}

function heldText({ name, at }: LockPicture, others: number): string {
  if (others > 0) return t('It held the lock “{0}” and {1} more.', name, others);
  return at
    ? t('It held the lock “{0}”, which it had asked for at {1}.', name, siteText(at))
    : t('It held the lock “{0}”.', name);
}

function askedText({ thread, lock: { at } }: Asker): string {
  if (isMain(thread))
    return at
      ? t('Main had asked for it at {0} and was not given it.', siteText(at))
      : t('Main had asked for it and was not given it.');
  return t('“{0}” had asked for it and was not given it.', labelOf(thread));
}
