// Threads that wait for a queue of which not all items will ever be done. Pure.
import { t, tally } from '../../../common/l10n';
import { labelOf } from '../../conclusions/labels';
import { waitText } from '../../conclusions/waiting/waitWords';
import type { Standing, Standstill } from '../../conclusions/waiting/standstill';
import { isMain, mainOf } from '../../facts/facts';
import { siteText } from '../../facts/sites';
import type { Evidence } from '../evidence';
import type { ProcessRule } from '../rule';
import { clueOn } from '../shared/clues';
import { secondsText } from '../shared/text';
import { lines, type Verdict } from '../verdict';

export const queueNeverDone: ProcessRule = { id: 'queue-never-done', runtimes: ['python'], check };

const MOST_NAMED = 3;

function check(evidence: Evidence): Verdict[] {
  const { standstill } = evidence;
  const all = standstill?.threads ?? [];
  const joins = all.filter((one) => one.wait?.what === 'queue-join' && !all.some((other) => isFor(other, one)));
  return joins.map((standing) => verdictOn(evidence, standstill!, standing));
}

/** For a lock that this one has: it would go on. */
const isFor = ({ wait }: Standing, { thread }: Standing): boolean => wait?.holder === thread.id;

function verdictOn(
  { process }: Evidence,
  { t: until, threads }: Standstill,
  { thread, since, wait }: Standing,
): Verdict {
  const takers = threads.filter((other) => other.wait?.what === 'queue-get' && isOfSame(other, wait!.on));
  const time = secondsText(until - since);
  const isOver = isMain(thread) && (mainOf(process)?.exiting?.t ?? Infinity) <= since;
  const first = isOver
    ? t('After its code main waited in {0} for {1}.', waitText(process, wait!), time)
    : t('“{0}” waited in {1} for {2}.', labelOf(thread), waitText(process, wait!), time);
  const others = takers
    .slice(0, MOST_NAMED)
    .map((taker) =>
      t('“{0}” waited in {1}, so no item is being worked on.', labelOf(taker.thread), waitText(process, taker.wait!)),
    );
  const clue = takers.map((taker) => clueOn(process, 'task-not-done', taker.thread)).find((one) => one !== undefined);
  return {
    thread,
    t: since,
    at: clue?.at ?? wait!.at,
    text: [
      first,
      ...countsText(wait!),
      ...(others.length > 0 ? others : [nobodyText(threads.length)]),
      ...(clue ? [t('At {0} an item is left without task_done().', siteText(clue.at))] : []),
    ].join(' '),
    ...(takers.length > 0 ? {} : { advice: flushFirst() }),
    related: [
      ...lines([t('“{0}” waits here', labelOf(thread)), wait!.at]),
      ...takers
        .slice(0, MOST_NAMED)
        .flatMap((taker) => lines([t('“{0}” waits here', labelOf(taker.thread)), taker.wait?.at])),
    ],
  };
}

const isOfSame = ({ wait }: Standing, on: number | undefined): boolean =>
  wait?.on === undefined || on === undefined || wait.on === on;

function countsText({ items, unfinished }: NonNullable<Standing['wait']>): string[] {
  if (unfinished === undefined) return [];
  const text = tally(
    unfinished,
    'When that began, {0} item was not done by task_done(), {1} of them still in the queue.',
    'When that began, {0} items were not done by task_done(), {1} of them still in the queue.',
    items ?? 0,
  );
  return [text];
}

const nobodyText = (threads: number): string =>
  threads > 1 ? t('No other thread was at work.') : t('No other thread was left.');

const flushFirst = (): string =>
  t('Wait for the queue before its last reader ends, or wait for that thread with join() instead.');
