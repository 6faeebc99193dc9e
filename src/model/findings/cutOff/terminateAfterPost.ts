// Threads that were terminated before they took what had just been posted to them. Pure.
import { t, tally } from '../../../common/l10n';
import type { Suspect } from '../evidence';
import type { WorkerRule } from '../rule';
import { unreadMail } from '../../conclusions/traffic/mail';
import { lines, type Verdict } from '../verdict';

/** Between a post and a terminate() that belong together, in µs. */
const RIGHT_AFTER = 1e6;

export const terminateAfterPost: WorkerRule = { id: 'terminate-after-post', runtimes: ['node'], check };

function check(worker: Suspect): Verdict | undefined {
  const { thread, label, ended } = worker;
  const call = thread.terminateCalls.at(0);
  if (ended?.by !== 'terminate' || !call || call.hand) return undefined;
  const mail = unreadMail(worker, call.t);
  if (mail.count === 0 || call.t - mail.last > RIGHT_AFTER) return undefined;
  const before = Math.round((call.t - mail.last) / 1000);
  return {
    thread,
    t: ended.t,
    at: call.at ?? thread.start?.at,
    text: textOf(label, before, mail.count),
    related: lines([t('It was started here'), thread.start?.at]),
  };
}

/** @param before in ms */
const textOf = (label: string, before: number, messages: number): string =>
  before < 1
    ? tally(
        messages,
        '“{1}” was terminated right after a message was posted to it; {0} undelivered message was lost.',
        '“{1}” was terminated right after a message was posted to it; {0} undelivered messages were lost.',
        label,
      )
    : tally(
        messages,
        '“{1}” was terminated {2} ms after a message was posted to it; {0} undelivered message was lost.',
        '“{1}” was terminated {2} ms after a message was posted to it; {0} undelivered messages were lost.',
        label,
        before,
      );
