// Threads that the end of the process waited for, and that did not end. Pure.
import { t } from '../../../common/l10n';
import type { Site } from '../../../protocol/probeEvents';
import { holdUps, interruptedWait, type HoldUp } from '../../conclusions/afterMain';
import { mainEnding } from '../../conclusions/endings';
import { labelOf } from '../../conclusions/labels';
import { ownerOf } from '../../conclusions/once';
import { isInLibrary } from '../../facts/sites';
import { awaitedBy, isLoopEnd } from '../../conclusions/waiting/loopEnds';
import { waitText, whatAt } from '../../conclusions/waiting/waitWords';
import { isMain, mainOf, type ProcessFacts, type ThreadFacts } from '../../facts/facts';
import type { Wait } from '../../../protocol/probeEvents';
import type { Evidence } from '../evidence';
import type { ProcessRule } from '../rule';
import { isIdleAt, isTimer, ownStart } from '../shared/python';
import { clueOn } from '../shared/clues';
import { secondsText } from '../shared/text';
import { adviceOn } from '../shared/waitAdvice';
import { lines, type Verdict } from '../verdict';
import { cycleIn } from './deadlock';

export const heldByThread: ProcessRule = { id: 'held-by-thread', runtimes: ['python'], check };

/** Shorter waits are usual, in µs. */
const LONG = 1e6;
const MOST = 20;

interface Held {
  thread: ThreadFacts;
  from: number;
  to: number;
  /** A wait for it in the program's code, and who waited. */
  wait?: Wait;
  by?: ThreadFacts;
  broken: boolean;
}

function check(evidence: Evidence): Verdict[] {
  const { process, standstill, now } = evidence;
  if (standstill && cycleIn(standstill)) return [];
  const end = process.end?.t ?? now;
  const after = holdUps(process).flatMap((held) => ofHoldUp(held, end));
  const all = [...inJoin(evidence), ...after, ...ofExecutors(evidence)].filter(({ thread }) => !isTimer(thread));
  return oncePerThread(all)
    .slice(0, MOST)
    .map((held) => verdictOn(evidence, held));
}

/** It goes on, a signal ended it, or it was broken off. */
function ofHoldUp({ from, to, threads, broken }: HoldUp, end: number): Held[] {
  if ((to !== undefined && !broken) || (to ?? end) - from < LONG) return [];
  return threads.map((thread) => ({
    thread,
    from,
    to: to ?? end,
    broken: broken === true,
  }));
}

/** Main waited for a thread of a library's, which people seldom wait for themselves. */
function inJoin({ process, now }: Evidence): Held[] {
  const ended = mainEnding(process);
  const isOver = ended !== undefined && ended.by !== 'signal' && ended.by !== 'lost-contact';
  const current = isOver ? undefined : mainOf(process)?.waits?.current;
  const wait = interruptedWait(process) ?? (mainOf(process)?.exiting ? undefined : current);
  const to = interruptedWait(process)?.until ?? process.end?.t ?? now;
  const thread = wait && awaitedBy(process, wait, to);
  if (!wait || !thread?.start?.madeBy || to - wait.t < LONG) return [];
  if (isLoopEnd(wait) && wait === current && !isIdleAt(process, thread, to)) return []; // it may be at work, as it should
  return [{ thread, from: wait.t, to, wait, by: mainOf(process)!, broken: interruptedWait(process) !== undefined }];
}

/** A thread waits for the threads of an executor that wait for ever. */
const ofExecutors = ({ standstill }: Evidence): Held[] =>
  (standstill?.threads ?? []).flatMap(({ thread: by, wait, since, wakers = [] }) =>
    wait?.what === 'executor-shutdown' && standstill && !by.start?.internal
      ? wakers.map((thread) => ({ thread, from: since, to: standstill.t, wait, by, broken: false }))
      : [],
  );

/** Such waits are told when the process ends, after the wait for the thread. */
const isForLock = ({ waits }: ThreadFacts): boolean =>
  waits?.current?.what === 'lock' || waits?.current?.what === 'rlock';

const oncePerThread = (all: Held[]): Held[] =>
  all.filter(({ thread }, i) => all.findIndex((other) => other.thread === thread) === i);

function verdictOn({ process }: Evidence, { thread, from, to, wait, by, broken }: Held): Verdict {
  const what = whatAt(process, thread, isForLock(thread) ? Infinity : to);
  const start = ownStart(thread);
  const server = clueOn(process, 'server', thread);
  const label = labelOf(thread);
  const owner = ownerOf(process, thread);
  const own = [start, what?.at, owner && ownStart(owner)].find((one) => one && !isInLibrary(one));
  const at = server?.at ?? own ?? start;
  const isOfLibrary = thread.start?.madeBy !== undefined;
  const ofLoop = wait !== undefined && isLoopEnd(wait);
  const waited =
    wait && by
      ? t('“{0}” waited in {1} for {2}.', labelOf(by), waitText(process, wait), secondsText(to - from))
      : t('Main’s code was over, and the process waited for “{0}” for {1}.', label, secondsText(to - from));
  return {
    thread,
    t: from,
    at,
    text: [
      waited,
      ...(what ? [t('All that time, or at its end, “{0}” was in {1}.', label, what.text)] : []),
      ...(broken ? [t('Then that was broken off, as by Ctrl-C.')] : []),
    ].join(' '),
    ...(ofLoop ? { advice: endTheTaskOfLoop() } : adviceFor(process, thread, what?.wait)),
    // It may be at work, and end by itself.
    ...(isIdleAt(process, thread, to) || (isOfLibrary && !ofLoop) ? {} : { severity: 'info' as const }),
    related: lines(
      [t('It was here'), placeOf(what)],
      [t('Its task was given to the executor here'), thread.awaitedIn?.from],
      [t('It was started here'), start],
      ...(owner && !isMain(owner)
        ? ([[t('“{0}”, which started it, was started here', labelOf(owner)), ownStart(owner)]] as [
            string,
            Site | undefined,
          ][])
        : []),
    ),
  };
}

function adviceFor(
  process: ProcessFacts,
  { start, stack }: ThreadFacts,
  wait: Wait | undefined,
): Pick<Verdict, 'advice'> {
  const ofWait = wait && adviceOn(wait.what);
  if (ofWait !== undefined) return { advice: ofWait };
  if (SERVES.test(stack?.frames[0]?.function ?? '')) return { advice: shutDown() };
  if (start?.madeBy === 'executor') return { advice: endTheTask() };
  if (start?.madeBy === 'multiprocessing-queue') return { advice: takeAllItems() };
  const { exiting, error } = mainOf(process) ?? {};
  if (exiting?.cause === 'error' && error?.name !== 'KeyboardInterrupt') return { advice: alsoWhenMainFails() };
  return start?.madeBy === 'socketserver' ? { advice: letGoOfRequests() } : {};
}

/** Of a server of Python's `socketserver`. */
const SERVES = /(^|\.)serve_forever$/;
const shutDown = (): string =>
  t('Call shutdown() and then server_close() of the server, from another thread, once main has nothing more to do.');

const alsoWhenMainFails = (): string =>
  t('Tell the thread to end in a “finally” block, so that it ends also when main fails, and wait for it with join().');

const takeAllItems = (): string =>
  t(
    'Take all items out of the multiprocessing.Queue before you join() the process that put them there: it waits at its end until its items are in the pipe, which holds few.',
  );

const letGoOfRequests = (): string =>
  t(
    'Give connections a timeout, or set daemon_threads = True on the server: server_close() waits for the threads of all requests.',
  );

const placeOf = (what: { at?: Site } | undefined): Site | undefined => what?.at;

const endTheTaskOfLoop = (): string =>
  t(
    'Give the task a way to end, and see that it ends before the coroutines do: asyncio.run() waits for it, and to cancel who awaits it does not end its thread.',
  );

const endTheTask = (): string =>
  t(
    'Give the task a way to end, such as a last item that says so, and end the executor in a “with” block. shutdown(wait=False) does not help: the process waits for the task all the same.',
  );
