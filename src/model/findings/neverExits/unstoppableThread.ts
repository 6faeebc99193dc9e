// Threads that cannot be interrupted, so that process.exit() and terminate() do not come to an end. Pure.
import { t } from '../../../common/l10n';
import type { Site } from '../../../protocol/probeEvents';
import { labelOf } from '../../conclusions/labels';
import { waitSite } from '../../conclusions/callLines';
import { isInCall, pendingExit, pendingTerminations } from '../../conclusions/undone/pendingEnds';
import { mainOf, type ThreadFacts } from '../../facts/facts';
import { siteText } from '../../facts/sites';
import { runtimeOf } from '../../runtimes/runtimes';
import type { Evidence } from '../evidence';
import type { ProcessRule } from '../rule';
import { lastSeenIn, lastSeenText } from '../shared/cutOff';
import { secondsText } from '../shared/text';
import { startLine } from '../shared/holds';
import { lines, type Verdict } from '../verdict';

export const unstoppableThread: ProcessRule = { id: 'unstoppable-thread', runtimes: ['node'], check };

function check(evidence: Evidence): Verdict[] {
  return [...exits(evidence), ...terminations(evidence)];
}

function exits({ process }: Evidence): Verdict[] {
  const pending = pendingExit(process);
  const main = mainOf(process);
  if (!pending || !main?.exiting) return [];
  const { cause, code, at } = main.exiting;
  const how = cause === 'exit-call' ? runtimeOf(process).endings.exitCalled(code, at, true) : t('the end of main');
  const time = secondsText(pending.until - pending.since);
  const [thread, ...others] = pending.busy;
  if (!thread)
    return [
      {
        thread: main,
        t: pending.since,
        at,
        text: t('The process was still there {0} after {1}. What it waits for is not known.', time, how),
      },
    ];
  return [
    {
      thread,
      t: pending.since,
      at: at ?? thread.start?.at,
      text: t('The process was still there {0} after {1}. {2}', time, how, busyText(thread, others.length)),
      related: [...lines(...inCall(thread)), ...(startLine(thread) ?? [])],
    },
  ];
}

function busyText(thread: ThreadFacts, others: number): string {
  const call = callOf(thread);
  if (others === 0 && call !== undefined)
    return t('It waits for “{0}”, which was in a call that nobody can interrupt: {1}.', labelOf(thread), call);
  const { sleeps, within } = thread.stack ?? {};
  if (others > 0 || !sleeps || within === undefined) return noReplyText(thread, others);
  return t(
    'It waits for “{0}”, which sleeps in a call of the system that nobody can interrupt ({1}).',
    labelOf(thread),
    within,
  );
}

/** With its line, such as "synchronous child process (shell.js:3)". */
function callOf(thread: ThreadFacts): string | undefined {
  const { activity } = thread;
  if (!activity?.blocked || !isInCall(thread)) return undefined;
  const { name } = runtimeOf(thread).blocking(activity.blocked.kind);
  const at = waitSite(activity);
  return at ? `${name} (${siteText(at)})` : name;
}

function wasInCallText(thread: ThreadFacts): string {
  const call = callOf(thread);
  return call === undefined ? '' : ` ${t('It was in a call that nobody can interrupt: {0}.', call)}`;
}

const inCall = (thread: ThreadFacts): [text: string, at: Site | undefined][] => [
  [t('It was in this call'), isInCall(thread) ? waitSite(thread.activity!) : undefined],
];

const noReplyText = (thread: ThreadFacts, others: number): string =>
  others === 0
    ? t('It waits for “{0}”, which was busy and does not let itself be interrupted.', labelOf(thread))
    : t(
        'It waits for “{0}” or one of {1} more threads, which were busy and do not let themselves be interrupted.',
        labelOf(thread),
        others,
      );

function terminations({ process }: Evidence): Verdict[] {
  return pendingTerminations(process).map(({ thread, since, until }) => {
    const { at } = thread.terminateCalls.at(0)!;
    const time = secondsText(until - since);
    return {
      thread,
      t: since,
      at: at ?? thread.start?.at,
      text: pendingText(labelOf(thread), time, at) + (wasInCallText(thread) || lastSeenText(thread)),
      related: [...lines(...inCall(thread), ...lastSeenIn(thread)), ...(startLine(thread) ?? [])],
    };
  });
}

const pendingText = (label: string, time: string, at: Site | undefined): string =>
  at
    ? t('“{0}” was still there {1} after terminate() was called on it at {2}.', label, time, siteText(at))
    : t('“{0}” was still there {1} after terminate() was called on it.', label, time);
