// What was seen of threads and need be no trouble: sentences. Pure.
import { t, tally } from '../../../common/l10n';
import { isMain, type ThreadFacts } from '../../facts/facts';
import type { ExitFailed, Site } from '../../../protocol/probeEvents';
import { siteText } from '../../facts/sites';
import { labelOf } from '../labels';
import type { BrokenMail } from '../traffic/brokenMail';
import type { UnheardBroadcast } from '../traffic/broadcasts';
import type { StrayMail } from '../traffic/strayMail';
import type { PendingAwait } from '../undone/pendingAwaits';

/** As a part of a sentence. */
export const whoText = (thread: ThreadFacts): string => (isMain(thread) ? t('main') : t('“{0}”', labelOf(thread)));

export const broken = (mail: BrokenMail): string => `${brokenText(mail)} ${heardText(mail)}`;

export function brokenText({ thread, from, broadcast, count }: BrokenMail): string {
  const who = whoText(thread);
  if (broadcast)
    return tally(
      count,
      '{0} message on the BroadcastChannel “{2}” could not be deserialized in {1}.',
      '{0} messages on the BroadcastChannel “{2}” could not be deserialized in {1}.',
      who,
      broadcast,
    );
  if (from)
    return tally(
      count,
      '{0} message from {2} could not be deserialized in {1}.',
      '{0} messages from {2} could not be deserialized in {1}.',
      who,
      whoText(from),
    );
  return tally(
    count,
    '{0} message could not be deserialized in {1}.',
    '{0} messages could not be deserialized in {1}.',
    who,
  );
}

function heardText({ count, unheard }: BrokenMail): string {
  if (unheard === 0) return t('There was a listener for "messageerror".');
  if (unheard < count)
    return tally(
      unheard,
      'Of {0} nobody heard: there was no listener for "messageerror" then.',
      'Of {0} nobody heard: there was no listener for "messageerror" then.',
    );
  return t('Nobody heard of that: there was no listener for "messageerror".');
}

export function stray(from: ThreadFacts, { to, count, lines: [at] }: StrayMail): string {
  const who = whoText(from);
  if (to && at)
    return tally(
      count,
      '{0} message that {1} posted to {2} went nowhere: it had ended before (posted at {3}).',
      '{0} messages that {1} posted to {2} went nowhere: it had ended before (the first was posted at {3}).',
      who,
      whoText(to),
      siteText(at),
    );
  if (to)
    return tally(
      count,
      '{0} message that {1} posted to {2} went nowhere: it had ended before.',
      '{0} messages that {1} posted to {2} went nowhere: it had ended before.',
      who,
      whoText(to),
    );
  if (at)
    return tally(
      count,
      '{0} message that {1} posted on a MessagePort went nowhere: it had been closed before (posted at {2}).',
      '{0} messages that {1} posted on a MessagePort went nowhere: it had been closed before (the first was posted at {2}).',
      who,
      siteText(at),
    );
  return tally(
    count,
    '{0} message that {1} posted on a MessagePort went nowhere: it had been closed before.',
    '{0} messages that {1} posted on a MessagePort went nowhere: it had been closed before.',
    who,
  );
}

export function unheardBroadcast(from: ThreadFacts, { name, count }: UnheardBroadcast, at: Site | undefined): string {
  const who = whoText(from);
  if (at)
    return tally(
      count,
      '{0} message that {1} posted on the BroadcastChannel “{2}” ({3}) reached nobody: no other channel of that name was open in the process.',
      '{0} messages that {1} posted on the BroadcastChannel “{2}” ({3}) reached nobody: no other channel of that name was open in the process.',
      who,
      name,
      siteText(at),
    );
  return tally(
    count,
    '{0} message that {1} posted on the BroadcastChannel “{2}” reached nobody: no other channel of that name was open in the process.',
    '{0} messages that {1} posted on the BroadcastChannel “{2}” reached nobody: no other channel of that name was open in the process.',
    who,
    name,
  );
}

/** As it follows “waited for”. */
export function awaitText({ lock, at }: PendingAwait): string {
  if (lock === undefined) return at ? t('Atomics.waitAsync() ({0})', siteText(at)) : 'Atomics.waitAsync()';
  return at ? t('the lock “{0}” ({1})', lock, siteText(at)) : t('the lock “{0}”', lock);
}

export const unsettled = (thread: ThreadFacts, one: PendingAwait): string =>
  t(
    '{0} ended by itself while it still waited for {1}, which keeps nothing alive.',
    capital(whoText(thread)),
    awaitText(one),
  );

export const skippedByMain = ({ count, at }: { count: number; at?: Site }): string =>
  at
    ? tally(
        count,
        '{0} exit listener of main did not run (added at {1}).',
        '{0} exit listeners of main did not run (the first was added at {1}).',
        siteText(at),
      )
    : tally(count, '{0} exit listener of main did not run.', '{0} exit listeners of main did not run.');

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** Of what the end of the process called. */
export function failedAtExit({ phase, name, message, at }: ExitFailed): string {
  const what = failureText(message, at);
  if (phase === 'callbacks')
    return name === undefined
      ? t('A callback of threading._register_atexit() failed: {0}. Python then waited for no thread.', what)
      : t(
          '“{0}”, a callback of threading._register_atexit(), failed: {1}. Python then waited for no thread.',
          name,
          what,
        );
  return name === undefined
    ? t('An exit handler failed: {0}. Python ignored that and ran the others.', what)
    : t('The exit handler “{0}” failed: {1}. Python ignored that and ran the others.', name, what);
}

function failureText(message: string, at: Site | undefined): string {
  const line = message.split('\n', 1)[0]!.replace(/\.$/, '');
  return at ? t('{0} at {1}', line, siteText(at)) : line;
}
