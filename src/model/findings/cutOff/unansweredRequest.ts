// Daemons that were killed although their owner listened for an answer, and threads that ended without one. Pure.
import { t, tally } from '../../../common/l10n';
import type { Ending } from '../../../protocol/picture';
import { isKilledWithMain, isKilledWithOwner } from '../../conclusions/cutOff';
import { endingOf, mainEnding } from '../../conclusions/endings';
import { unansweredAt, type Unanswered } from '../../conclusions/undone/unanswered';
import type { Suspect } from '../evidence';
import type { WorkerRule } from '../rule';
import { atText, fell, whereCutOff } from '../shared/cutOff';
import { unreadMail } from '../../conclusions/traffic/mail';
import { isStream } from '../shared/work';
import type { Verdict } from '../verdict';

/** Of Node alone is it known who listens. */
export const unansweredRequest: WorkerRule = { id: 'unanswered-request', runtimes: ['node'], check };

function check(worker: Suspect): Verdict | undefined {
  return cutOffUnanswered(worker) ?? endedUnanswered(worker);
}

function cutOffUnanswered(worker: Suspect): Verdict | undefined {
  const { process, thread, ended, daemon } = worker;
  if (!ended || daemon !== true || isStream(worker) || !ownerHadReturned(worker, ended)) return undefined;
  const unanswered = unansweredAt(process, thread, ended.t);
  if (!unanswered) return undefined;
  const text = `${fell(worker, ended)} ${owedText(unanswered, unreadMail(worker, ended.t).count)}`;
  return { thread, t: ended.t, text: text + atText(worker), ...whereCutOff(worker, ended) };
}

/** By itself, while its owner waited for its next message; which then ended too, as that wait keeps nothing alive. */
function endedUnanswered({ process, thread, owner, label, ended }: Suspect): Verdict | undefined {
  if (!thread.exit?.awaited || !ended || !BY_ITSELF.has(ended.by)) return undefined;
  const after = owner && endingOf(process, owner);
  if (after?.by !== 'returned' || after.t < ended.t) return undefined;
  const text = t(
    '“{0}” ended with exit code {1}, without the message that its owner waited for: what was to follow did not run.',
    label,
    ended.code ?? thread.exit.code,
  );
  const advice = t(
    'Have the worker answer on each way through its code, and listen for its “exit” too: then the wait can be given up with an error.',
  );
  return { thread, t: ended.t, at: thread.start?.at, text, advice };
}
const BY_ITSELF: ReadonlySet<Ending['by']> = new Set(['returned', 'exit-call']);

/** Its owner had nothing more to do but to wait, and did not end the thread by a call or an error. */
function ownerHadReturned({ process, owner }: Suspect, ended: Ending): boolean {
  if (isKilledWithMain(ended)) return mainEnding(process)?.by === 'returned';
  return isKilledWithOwner(ended) && owner !== undefined && endingOf(process, owner)?.by === 'returned';
}

function owedText(unanswered: Unanswered, unread: number): string {
  switch (unanswered) {
    case 'not-begun':
      return tally(
        unread,
        'Its code had not started, so it never got the message from its owner, which listened for an answer.',
        'Its code had not started, so it never got any of the {0} messages from its owner, which listened for an answer.',
      );
    case 'busy':
    case 'under-way':
      return unread > 0
        ? tally(
            unread,
            'It was at work, {0} message from its owner was still waiting, and its owner listened for an answer.',
            'It was at work, {0} messages from its owner were still waiting, and its owner listened for an answer.',
          )
        : t('It was still at work on what its owner had asked, and its owner listened for an answer.');
  }
}
