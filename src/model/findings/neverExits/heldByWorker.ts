// Workers that hold a process in which nothing happens any more. Pure.
import { t } from '../../../common/l10n';
import type { Finding } from '../../../protocol/picture';
import { ownerOf } from '../../conclusions/once';
import { lockWaits, type LockWait } from '../../conclusions/waiting/locks';
import { readsStdin } from '../../conclusions/waiting/stuck';
import { labelOf } from '../../conclusions/labels';
import { isMain, type ProcessFacts, type ThreadFacts } from '../../facts/facts';
import { siteText } from '../../facts/sites';
import type { Held } from '../evidence';
import type { HolderRule } from '../rule';
import { failedBefore, failedLine, failedText, keepsText, startLine, unansweredText } from '../shared/holds';
import { lines, type Verdict } from '../verdict';

/** Threads that need no event loop wait in calls: another rule’s. */
export const heldByWorker: HolderRule = { id: 'held-by-worker', runtimes: ['node'], check };

function check({ process, holder, thread, pool, since }: Held): Verdict | undefined {
  if (!thread) return undefined;
  const { kind, what, because, at } = holder;
  const wait = lockWaits(process, Infinity).find((one) => one.holder === thread);
  const failed = failedBefore(process, thread);
  const who = kind === 'pool' ? what : startedText(what, process, thread);
  const owes = wait ? ` ${lockText(wait)}` : unansweredText(process, thread);
  const advice = wait
    ? giveBack()
    : failed
      ? rejectIt()
      : thread.activity?.blocked
        ? wakeIt()
        : readsStdin(thread)
          ? endIt()
          : undefined;
  return {
    ...(kind === 'pool' ? { pool: pool! } : { thread }),
    t: since,
    at: at ?? pool?.at ?? thread.start?.at,
    text: keepsText(who, because) + owes + (failed ? failedText(failed) : ''),
    ...(advice === undefined ? {} : { advice }),
    related: [
      ...(at ? startLine(thread) : []),
      ...(wait ? lockLines(wait) : []),
      ...(failed ? failedLine(failed) : []),
    ],
  };
}

/** Somebody waits for a lock of its. */
function lockText({ name, thread }: LockWait): string {
  return isMain(thread)
    ? t('It holds the lock “{0}”, which main asked for and has not been given.', name)
    : t('It holds the lock “{0}”, which “{1}” asked for and has not been given.', name, labelOf(thread));
}

const lockLines = ({ at, holderAt }: LockWait): Finding['related'] =>
  lines([t('The lock was asked for here'), at], [t('It holds the lock from here'), holderAt]);

/** To have it not keep the process alive would only end the process while somebody waits. */
const giveBack = (): string =>
  t('Let the function that was given the lock come to its end: only then is the lock given to the next.');
/** Main waits for an answer that never comes: to end the others would hide that. */
const rejectIt = (): string =>
  t(
    'When a worker fails, reject what waits for its answer, or give its task to another. Terminate the others when their work is done.',
  );
const endIt = (): string => t('Call end() on the worker’s stdin when there is nothing more to write.');
const wakeIt = (): string =>
  t(
    'Wake it when there is something to do, and terminate it when its work is done. To call unref() alone has it killed where it waits.',
  );

/** Who, and where that was started. */
function startedText(who: string, process: ProcessFacts, thread: ThreadFacts): string {
  const at = thread.start?.at;
  if (!at) return who;
  const owner = ownerOf(process, thread);
  if (!owner || isMain(owner)) return t('{0}, started at {1},', who, siteText(at));
  return t('{0}, started by “{1}” at {2},', who, labelOf(owner), siteText(at));
}
