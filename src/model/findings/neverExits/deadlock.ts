// Threads that wait for each other, so that the process never ends. Pure.
import { t, tally } from '../../../common/l10n';
import type { Finding } from '../../../protocol/picture';
import type { Site } from '../../../protocol/probeEvents';
import type { Deadlock, Listening } from '../../conclusions/waiting/deadlock';
import { endingOf } from '../../conclusions/endings';
import { labelOf } from '../../conclusions/labels';
import type { LockWait } from '../../conclusions/waiting/locks';
import type { Standing, Standstill } from '../../conclusions/waiting/standstill';
import { isLoopEnd } from '../../conclusions/waiting/loopEnds';
import { waitText } from '../../conclusions/waiting/waitWords';
import type { Await, Wait } from '../../conclusions/waiting/waits';
import { isMain, type ProcessFacts, type ThreadFacts } from '../../facts/facts';
import { siteText } from '../../facts/sites';
import type { Evidence } from '../evidence';
import type { ProcessRule } from '../rule';
import { errorPhrase } from '../shared/python';
import { adviceOn, giveBackAlways } from '../shared/waitAdvice';
import { startLine } from '../shared/holds';
import { secondsText } from '../shared/text';
import { lines, type Verdict } from '../verdict';

export const deadlock: ProcessRule = { id: 'deadlock', check };

/** Of each kind; more would not be read. */
const MOST_NAMED = 3;

function check({ process, alive, deadlock: found, lockCycle, standstill }: Evidence): Verdict[] {
  const cycle = standstill && cycleIn(standstill);
  if (cycle) return [standstillVerdict(process, standstill, cycle)];
  if (!alive) return [];
  if (lockCycle) return [locksVerdict(lockCycle, alive.t)];
  if (!found) return [];
  const { awaiting, waiting, listening } = found;
  const { thread, since } = awaiting ?? waiting[0]!;
  const at = awaiting ? awaiting.from.start?.at : (waiting[0]!.at ?? thread.start?.at);
  const first = awaiting ? awaitText(awaiting, alive.t - since) : firstText(waiting[0]!, alive.t - since);
  const isPolling = !awaiting && waiting[0]!.polls === true;
  const advice = awaiting
    ? listenSooner()
    : isPolling
      ? wakeFirst()
      : thread.activity?.blocked
        ? undefined
        : answerByYourself();
  return [
    {
      thread,
      t: since,
      at,
      text: [first, ...otherTexts(process, found)].join(' '),
      ...(advice ? { advice } : {}),
      related: [
        ...waiting.slice(0, MOST_NAMED).flatMap(waitLine),
        ...listening.slice(0, MOST_NAMED).flatMap(listenLine),
        ...startLine(thread),
      ],
    },
  ];
}

/** Threads of which each waits for the next, as by join() or for a lock, and the last for any of them or for the first. */
export function cycleIn({ threads }: Standstill): Standing[] | undefined {
  const of = new Map(threads.map((standing) => [standing.thread, standing]));
  for (const first of threads) {
    if (!first.wait || !first.wakers) continue;
    const path = [first];
    for (let next = nextOf(first, of); next && !path.includes(next); next = nextOf(next, of)) path.push(next);
    const end = nextOf(path.at(-1)!, of);
    if (end) return withPool(path.slice(path.indexOf(end)), of);
    // Who only waits for the task of an executor waits for somebody who does not wait for it.
    if (path.length > 1 && first.wait.what !== 'executor-shutdown' && !isLoopEnd(first.wait)) return path;
  }
  return inVain(threads);
}

/** All threads of an executor wait then, each for any of them. */
const withPool = (cycle: Standing[], of: ReadonlyMap<unknown, Standing>): Standing[] => [
  ...new Set(
    cycle.flatMap((one) => [one, ...(one.ofPool ? one.wakers!.flatMap((thread) => of.get(thread) ?? []) : [])]),
  ),
];

/** Main waits in its code, and every other thread, if there is one, waits as well. */
function inVain(threads: Standing[]): Standing[] | undefined {
  const [first] = threads;
  const isMains = first?.wait !== undefined && !first.wakers && isMain(first.thread);
  return isMains && first.wait?.what !== 'queue-join' ? threads : undefined;
}

const nextOf = ({ wakers = [] }: Standing, of: ReadonlyMap<unknown, Standing>): Standing | undefined =>
  wakers.flatMap((thread) => of.get(thread) ?? [])[0];

function standstillVerdict(process: ProcessFacts, { t: until, threads }: Standstill, cycle: Standing[]): Verdict {
  const { thread, since, wait } = cycle[0]!;
  const named = cycle.slice(0, MOST_NAMED);
  const failed = threads.length > 1 ? undefined : failedIn(process);
  return {
    thread,
    t: since,
    at: inTask(cycle) ?? wait?.at ?? placeIn(cycle) ?? thread.start?.at,
    text: [
      ...named.map((one) => standingText(process, one, until)),
      ...(threads.length > 1 ? [] : [failed ? failedText(failed) : t('No other thread was left.')]),
    ].join(' '),
    advice: failed ? alsoWhenFailing() : (forkAdvice(process, cycle) ?? standstillAdvice(cycle)),
    related: named.flatMap(({ thread: who, wait: its }) => [
      ...lines([t('“{0}” waits here', labelOf(who)), its?.at]),
      ...lines([t('The lock was taken here'), its?.heldAt]),
    ]),
  };
}

/** Where a task waits for another one of executors. */
const inTask = (cycle: Standing[]): Site | undefined =>
  cycle.find(({ thread, wait }) => wait?.what === 'future' && thread.start?.madeBy === 'executor')?.wait?.at;

const placeIn = (cycle: Standing[]): Site | undefined => cycle.flatMap(({ wait }) => wait?.at ?? [])[0];

/** The last thread that failed, which may have been to end the wait. */
const failedIn = ({ threads }: ProcessFacts): ThreadFacts | undefined =>
  [...threads.values()].filter((thread) => !isMain(thread) && thread.error && thread.exit).at(-1);

const failedText = (thread: ThreadFacts): string =>
  t('No other thread was left; “{0}” had failed with {1}.', labelOf(thread), errorPhrase(thread.error!));

const alsoWhenFailing = (): string =>
  t('Have a thread set, put or notify what others wait for also when it fails, best in a “finally” block.');

function standingText(process: ProcessFacts, one: Standing, until: number): string {
  const { thread, since, wait, wakers = [] } = one;
  const [who, what] = [labelOf(thread), wait ? waitText(process, wait) : ''];
  const [holder] = wakers;
  if (wait?.holder !== undefined && holder) {
    return wait.heldAt
      ? t('“{0}” waited in {1}; “{2}” had taken that lock at {3}.', who, what, labelOf(holder), siteText(wait.heldAt))
      : t('“{0}” waited in {1}; “{2}” had taken that lock.', who, what, labelOf(holder));
  }
  if (one.ofPool)
    return t(
      '“{0}” waited in {1} for {2}, for a task of an executor whose threads were all waiting as well.',
      who,
      what,
      secondsText(until - since),
    );
  const beside = process.start?.beside ?? [];
  if (isOfUnknownHolder(one) && beside.length > 0)
    return t(
      '“{0}” waited in {1}. No thread of this process is known to have taken it. The process was forked while its parent had other threads, which are not in it: {2}. One of them may have held it.',
      who,
      what,
      beside
        .slice(0, MOST_NAMED)
        .map((name) => t('“{0}”', name))
        .join(', '),
    );
  if (isOfUnknownHolder(one))
    return t(
      '“{0}” waited in {1}. No thread is known to have taken it; one that has ended may not have given it back.',
      who,
      what,
    );
  return t('“{0}” waited in {1} for {2}.', who, what, secondsText(until - since));
}

/** For a lock; since when is not told of these. */
const isOfUnknownHolder = ({ wait }: Pick<Standing, 'wait'>): boolean =>
  wait !== undefined && wait.holder === undefined && (wait.what === 'lock' || wait.what === 'rlock');

const forkAdvice = ({ start }: ProcessFacts, cycle: Standing[]): string | undefined =>
  start?.beside && cycle.some(isOfUnknownHolder)
    ? t(
        'A fork copies locks as they are, and of the threads only the one that forks. Fork before other threads start, let multiprocessing start its processes by "spawn", or make the lock anew in the child.',
      )
    : undefined;

function standstillAdvice(cycle: Standing[]): string {
  const kinds = cycle.map(({ wait }) => wait?.what ?? 'join');
  if (cycle.some(isOfUnknownHolder)) return giveBackAlways();
  const locks = kinds.filter((kind) => kind === 'lock' || kind === 'rlock').length;
  if (locks > 0 && kinds.includes('join')) return t('Give back the lock before you wait for the thread with join().');
  if (locks === kinds.length)
    return t('Take the locks in the same order in all threads, and none twice that is no RLock.');
  if (locks > 0) return t('Give back the lock before you wait for what a thread does that needs the lock.');
  if (kinds.includes('future'))
    return t('Do not wait in a task for another task of the same executor: it may have no thread left for that.');
  const [ofKind] = kinds.flatMap((kind) => adviceOn(kind) ?? []);
  if (ofKind !== undefined) return ofKind;
  if (kinds.includes('queue-get') && kinds.includes('join'))
    return t('First put what tells the thread to end into the queue, then wait for it with join().');
  return t('Have one of them go on without the other: set, put or notify what it waits for before you wait for it.');
}

function locksVerdict(cycle: LockWait[], now: number): Verdict {
  const { thread, since, at } = cycle[0]!;
  const named = cycle.slice(0, MOST_NAMED);
  return {
    thread,
    t: since,
    at: at ?? thread.start?.at,
    text: named.map((wait) => lockText(wait, now)).join(' '),
    advice: sameOrder(),
    related: named.flatMap(({ thread, at, holder, holderAt }) =>
      lines(
        [t('“{0}” asked for a lock here', labelOf(thread)), at],
        [t('“{0}” holds a lock from here', labelOf(holder)), holderAt],
      ),
    ),
  };
}

function lockText({ thread, holder, name, since, at, holderAt }: LockWait, now: number): string {
  const [who, ago] = [labelOf(thread), secondsText(now - since)];
  const [where, from] = [whereText(at), whereText(holderAt)];
  if (holder === thread)
    return t('“{0}” asked for the lock “{1}”{2} {3} ago, which it holds itself{4}.', who, name, where, ago, from);
  return t(
    '“{0}” asked for the lock “{1}”{2} {3} ago, which “{4}” holds{5}.',
    who,
    name,
    where,
    ago,
    labelOf(holder),
    from,
  );
}

const sameOrder = (): string =>
  t(
    'Have all threads ask for locks in the same order, and never for one that they hold. Or ask with a signal that gives up after some time, and give back what you hold.',
  );

function awaitText({ from, before }: Await, time: number): string {
  const text = t(
    'main has waited for one message from “{0}” for {1}, and none comes.',
    labelOf(from),
    secondsText(time),
  );
  if (before === 0) return text;
  return `${text} ${tally(before, '{0} message from it had come before.', '{0} messages from it had come before.')}`;
}

function firstText(wait: Wait, time: number): string {
  const parts = [labelOf(wait.thread), callText(wait), secondsText(time)] as const;
  return wait.polls
    ? t('“{0}” has asked for a message again and again in {1}, for {2}, and none comes.', ...parts)
    : t('“{0}” has waited in {1} for {2}. As far as can be seen, nothing can wake it.', ...parts);
}

function otherTexts(process: ProcessFacts, { awaiting, waiting, listening, gone }: Deadlock): string[] {
  const all = [
    ...waiting
      .slice(awaiting ? 0 : 1)
      .map((wait) => t('“{0}” waits in {1} itself.', labelOf(wait.thread), callText(wait))),
    ...listening.map(listenText),
  ];
  if (all.length > 0) return all.slice(0, MOST_NAMED);
  const ended = gone.slice(-MOST_NAMED).flatMap((thread) => {
    const ending = endingOf(process, thread);
    return ending ? [t('“{0}”, which it had started, has ended: {1}.', labelOf(thread), ending.because)] : [];
  });
  return ended.length > 0 ? ended : [t('There is no other thread.')];
}

function listenText({ thread, from, at }: Listening): string {
  const who = labelOf(thread);
  const where = whereText(at);
  return from
    ? t('“{0}” waits for messages{1}, and “{2}” can send none meanwhile.', who, where, labelOf(from))
    : t('“{0}” only waits for messages{1}.', who, where);
}

const callText = ({ call, at }: Wait): string => call + whereText(at);
const whereText = (at: Site | undefined): string => (at ? ` (${siteText(at)})` : '');

const waitLine = ({ thread, at }: Wait): Finding['related'] => lines([t('“{0}” waits here', labelOf(thread)), at]);
const listenLine = ({ thread, at }: Listening): Finding['related'] =>
  lines([t('“{0}” listens here', labelOf(thread)), at]);

const listenSooner = (): string =>
  t(
    'A message that comes while nobody waits for it is gone. Listen before the worker can post, or have it answer a request that is posted after that. Do not call unref(): the code after the wait would never run, and nobody would notice.',
  );

const wakeFirst = (): string =>
  t(
    'Main receives no other messages while it asks one port for its own. Before that, send or wake what the other thread waits for, and give up after some time.',
  );

const answerByYourself = (): string =>
  t(
    'Do not let module hooks ask main: main receives no messages while it loads a module. Give the hooks all that they need when they are registered, or have them ask a worker.',
  );
