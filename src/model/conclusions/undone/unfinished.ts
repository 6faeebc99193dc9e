// What a thread leaves undone when it is ended from outside, and what happens to that. Pure.
import { t, tally } from '../../../common/l10n';
import type { ProcessFacts, ThreadFacts } from '../../facts/facts';
import { siteText } from '../../facts/sites';
import { runtimeOf } from '../../runtimes/runtimes';
import { isAbrupt } from '../cutOff';
import { ownerOf } from '../once';
import { knownUntil, unheardMail, unreadMail } from '../traffic/mail';
import { codeAtEnd } from './codeAtEnd';
import { toldUndone } from './told';
import { bytesText } from './amounts';
import type { Runtime } from '../../runtimes/runtime';
import type { Ending, LockPicture, ThreadActivity, Traffic, Unfinished } from '../../../protocol/picture';

/** Undefined where it was not ended from outside, or that is not known. */
export function leftUndone(
  process: ProcessFacts,
  thread: ThreadFacts,
  activity: ThreadActivity | undefined,
  ended: Ending | undefined,
): Unfinished[] | undefined {
  if (!ended?.fromOutside || process.unwritten) return undefined;
  const code = activity?.blocked ? undefined : codeAtEnd(thread, ended);
  const told = toldUndone(process, thread);
  if (!activity && !code && told.length === 0) return undefined;
  const known = activity && withKnownMail(process, thread, activity, ended);
  return [...told, ...(known ? unfinished(runtimeOf(process), known, ended) : []), ...(code ? [code] : [])];
}

/** Without messages that may have been delivered right before a signal. */
function withKnownMail(
  process: ProcessFacts,
  thread: ThreadFacts,
  activity: ThreadActivity,
  ended: Ending,
): ThreadActivity {
  const { toOwner, fromOwner } = activity;
  if (!isAbrupt(ended)) return activity;
  const owner = ownerOf(process, thread);
  const ends = { process, thread, ...(owner ? { owner } : {}) };
  const until = knownUntil(ended);
  return {
    ...activity,
    ...(toOwner ? { toOwner: withWaiting(toOwner, unheardMail(ends, until).count) } : {}),
    ...(fromOwner ? { fromOwner: withWaiting(fromOwner, unreadMail(ends, until).count) } : {}),
  };
}

const withWaiting = (traffic: Traffic, known: number): Traffic => ({
  ...traffic,
  waiting: Math.min(traffic.waiting ?? 0, known),
});

/** In the order of how much it hurts: what is lost on the disk or in a database, then tasks, then locks and exit listeners, then messages, then what it waited for. */
export function unfinished(runtime: Runtime, activity: ThreadActivity, ended: Ending): Unfinished[] {
  const {
    writing,
    openFiles,
    fromOwner,
    toOwner,
    blocked,
    locks = [],
    transactions = [],
    tasks = [],
    exitListeners,
  } = activity;
  const written = new Set(writing.map(({ to }) => to));
  return [
    ...writing.map(({ to, bytes, isFile }): Unfinished => {
      const text = t('writing {0} to {1}', bytesText(bytes), to);
      return isFile
        ? { what: 'write', text, fate: fateOfWrite(ended), path: to, amount: bytes }
        : { what: 'write', text, fate: 'unknown', amount: bytes };
    }),
    ...openFiles
      .filter(({ path }) => !written.has(path))
      .map(({ path }): Unfinished => ({ what: 'file', text: t('{0} was open', path), fate: 'unknown', path })),
    ...transactions.map((one): Unfinished => ({ what: 'transaction', text: uncommittedText(one), fate: 'lost' })),
    ...tasks.map((name): Unfinished => ({ what: 'task', text: t('the task {0}', name), fate: 'lost' })),
    ...locks
      .filter(({ held }) => held)
      .map((lock): Unfinished => ({ what: 'lock', text: heldText(lock), fate: 'unknown' })),
    ...(exitListeners ? [{ what: 'listener', text: skippedText(exitListeners), fate: 'lost' } as const] : []),
    ...mail(toOwner, 'sent', unheardText),
    ...mail(fromOwner, 'mail', unreadText),
    ...(blocked ? [{ what: 'wait', text: waitedText(runtime, blocked), fate: 'unknown' } as const] : []),
    ...locks
      .filter(({ held }) => !held)
      .map((lock): Unfinished => ({ what: 'wait', text: notGivenText(lock), fate: 'unknown' })),
    ...pending(runtime, activity),
  ];
}

/** What it would have come back to by itself: that may be work, or a mere heartbeat. */
function pending(runtime: Runtime, { resources, blocked }: ThreadActivity): Unfinished[] {
  const kept = blocked || !resources ? [] : runtime.resources(resources.counts);
  return kept.length === 0 ? [] : [{ what: 'pending', text: t('it still had {0}', kept.join(', ')), fate: 'unknown' }];
}

/**
 * A write in flight is with the system's thread pool, which finishes what it has begun while the process ends in order, although
 * nobody hears of that; Node takes back what it has not begun. A signal may come in the middle.
 */
const fateOfWrite = (ended: Ending): Unfinished['fate'] => (isAbrupt(ended) ? 'unknown' : 'completed');

const mail = (traffic: Traffic | undefined, what: 'sent' | 'mail', phrase: (count: number) => string): Unfinished[] =>
  traffic?.waiting ? [{ what, text: phrase(traffic.waiting), fate: 'lost', amount: traffic.waiting }] : [];

export const unheardText = (count: number): string =>
  tally(
    count,
    '{0} message that it posted to its owner was not delivered',
    '{0} messages that it posted to its owner were not delivered',
  );

export const unreadText = (count: number): string =>
  tally(count, '{0} message from its owner was not delivered', '{0} messages from its owner were not delivered');

/** Listeners for a thread’s own exit. */
export const skippedText = ({ count, at }: NonNullable<ThreadActivity['exitListeners']>): string =>
  at
    ? tally(
        count,
        'its {0} exit listener did not run (added at {1})',
        'its {0} exit listeners did not run (the first was added at {1})',
        siteText(at),
      )
    : tally(count, 'its {0} exit listener did not run', 'its {0} exit listeners did not run');

const uncommittedText = ({ file, at }: NonNullable<ThreadActivity['transactions']>[number]): string =>
  at
    ? t('a transaction in {0}, begun at {1}, was not committed', file, siteText(at))
    : t('a transaction in {0} was not committed', file);

const heldText = ({ name, at }: LockPicture): string =>
  at ? t('it held the lock “{0}”, asked for at {1}', name, siteText(at)) : t('it held the lock “{0}”', name);

const notGivenText = ({ name, at }: LockPicture): string =>
  at
    ? t('it had asked for the lock “{0}” at {1} and was not given it', name, siteText(at))
    : t('it had asked for the lock “{0}” and was not given it', name);

const waitedText = ({ blocking }: Runtime, { kind, at, ...about }: NonNullable<ThreadActivity['blocked']>): string =>
  blocking(kind, about).waited + (at ? ` (${siteText(at)})` : '');
