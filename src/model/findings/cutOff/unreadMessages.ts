// Messages that were still in a queue when the thread at one end of it was gone. Pure.
import { t } from '../../../common/l10n';
import type { Ending } from '../../../protocol/picture';
import { isKilledWithMain } from '../../conclusions/cutOff';
import { unheardText, unreadText } from '../../conclusions/undone/unfinished';
import { queueText } from '../../conclusions/undone/told';
import type { LeftUndone } from '../../../protocol/probeEvents';
import { mainOf, type ThreadFacts } from '../../facts/facts';
import { cutOffOf, type Suspect } from '../evidence';
import type { WorkerRule } from '../rule';
import { fell, whereCutOff } from '../shared/cutOff';
import { knownUntil, unheardMail, unreadMail } from '../../conclusions/traffic/mail';
import type { Verdict } from '../verdict';

export const unreadMessages: WorkerRule = { id: 'unread-messages', check };

function check(worker: Suspect): Verdict | undefined {
  const { thread, label, ended } = worker;
  if (!ended) return undefined;
  const isCut = cutOffOf(worker) !== undefined;
  const mail =
    isCut || endedByItself(ended) ? unreadMail(worker, Math.min(mailUntil(worker, ended), knownUntil(ended))).count : 0;
  const sent = isCut ? unheardMail(worker, Math.min(soonestExit(worker), knownUntil(ended))).count : 0;
  const left = isCut ? queuesOf(worker) : [];
  if (left.length > 0) return ofQueues(worker, ended, left);
  if (mail + sent === 0) return undefined;
  const how = isCut ? fell(worker, ended) : t('“{0}” ended by itself: {1}.', label, ended.because);
  const where = whereCutOff(worker, ended);
  return {
    thread,
    t: ended.t,
    text: `${how} ${mailText(mail, sent)}`,
    ...where,
  };
}

/** Queues that it read, with what was left in them, where the runtime tells that. */
const queuesOf = ({ process, thread }: Suspect): LeftUndone[] =>
  process.shutdown.undone.filter(
    ({ undone, id, name, count = 0 }) =>
      undone === 'queue' && count > 0 && (id === undefined ? hasRead(thread, name) : id === thread.id),
  );

/** It waited for items of a queue that the program calls so, if not at the end. */
const hasRead = ({ waits }: ThreadFacts, queue: string | undefined): boolean =>
  queue !== undefined && (waits?.past.some(({ what, name }) => what === 'queue-get' && name === queue) ?? false);

const ofQueues = (worker: Suspect, ended: Ending, left: LeftUndone[]): Verdict => ({
  thread: worker.thread,
  t: ended.t,
  text: `${fell(worker, ended)} ${t('Left undone: {0}.', left.map(queueText).join('; '))}`,
  ...whereCutOff(worker, ended),
});

function mailText(toIt: number, fromIt: number): string {
  if (toIt > 0 && fromIt > 0) return t('{0}, and {1}.', unreadText(toIt), unheardText(fromIt));
  return `${toIt > 0 ? unreadText(toIt) : unheardText(fromIt)}.`;
}

const endedByItself = ({ by }: Ending): boolean => by === 'returned' || by === 'exit-call';

/** What is posted once a thread exits, or its killer does, is posted to nobody. */
const mailUntil = ({ process, thread }: Suspect, ended: Ending): number =>
  thread.exiting?.t ?? (isKilledWithMain(ended) ? (mainOf(process)?.exiting?.t ?? ended.t) : ended.t);

/** Only what was posted before its owner’s own end could be heard. */
const soonestExit = ({ process, owner }: Suspect): number =>
  Math.min(owner?.exiting?.t ?? Infinity, mainOf(process)?.exiting?.t ?? Infinity);
