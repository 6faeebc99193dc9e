// Threads that computed in a loop which asks again and again for something and waits for nothing. Pure.
import { grouped } from '../../../common/grouped';
import { t, tally } from '../../../common/l10n';
import type { Clue } from '../../../protocol/probeEvents';
import { labelOf } from '../../conclusions/labels';
import { siteText } from '../../facts/sites';
import type { ThreadFacts } from '../../facts/facts';
import type { Evidence } from '../evidence';
import type { ProcessRule } from '../rule';
import { cluesOf } from '../shared/clues';
import { ownStart } from '../shared/python';
import { secondsText } from '../shared/text';
import { lines, type Verdict } from '../verdict';

export const busyWait: ProcessRule = { id: 'busy-wait', byReports: true, runtimes: ['python'], check };

/** Who computed less than this, in µs, costs nobody anything. */
const LEAST = 0.01e6;

interface Asker {
  clue: Clue;
  thread: ThreadFacts;
  time: number;
}

function check({ process }: Evidence): Verdict[] {
  const askers = cluesOf(process, 'asks').flatMap((clue): Asker[] => {
    const thread = process.threads.get(clue.id);
    const time = Math.max(thread?.samples.processorTime?.time ?? 0, clue.computed ?? 0);
    return thread && time >= LEAST ? [{ clue, thread, time }] : [];
  });
  const groups = grouped(askers, ({ clue: { at } }) => `${at.file}:${at.line}`);
  return [...groups.values()].map(verdictOn);
}

function verdictOn(askers: Asker[]): Verdict {
  const [first, ...others] = askers.sort((a, b) => b.time - a.time);
  const { clue, thread, time } = first!;
  return {
    thread,
    t: clue.t,
    at: clue.at,
    ...(others.length > 0 ? { count: askers.length } : {}),
    text: [
      loopText(clue, labelOf(thread)),
      t('“{0}” computed for {1} in all.', labelOf(thread), secondsText(time)),
      ...(others.length > 0 ? [othersText(others.length)] : []),
    ].join(' '),
    advice: adviceOn(clue.name),
    related: lines([t('It was started here'), ownStart(thread)]),
  };
}

const loopText = ({ at, name }: Clue, who: string): string =>
  name === undefined
    ? t('The loop of “{0}” at {1} does nothing and never waits.', who, siteText(at))
    : t('The loop of “{0}” at {1} asks by {2} again and again and never waits.', who, siteText(at), name);

const othersText = (count: number): string =>
  tally(count, '{0} more thread is in this loop.', '{0} more threads are in this loop.');

function adviceOn(name = ''): string {
  const call = /(\w+)\(\)$/.exec(name)?.[1];
  switch (call && CALLS[call]) {
    case 'thread':
      return t('Wait for the thread with join(), which takes no processor time.');
    case 'event':
      return t('Wait with wait() of the Event, which takes no processor time.');
    case 'queue':
      return t('Take items with get(), which waits without processor time; give it a timeout if the loop must end.');
    case 'lock':
      return t('Take the lock with acquire() or a “with” block, which wait without processor time.');
    case 'future':
      return t('Wait for the Future with result() or concurrent.futures.wait(), which take no processor time.');
    default:
      return t(
        'Wait for an Event, a Condition or a queue, or for the thread with join(): they take no processor time.',
      );
  }
}

const CALLS: Partial<Record<string, string>> = {
  is_alive: 'thread',
  active_count: 'thread',
  activeCount: 'thread',
  is_set: 'event',
  empty: 'queue',
  qsize: 'queue',
  get_nowait: 'queue',
  get: 'queue',
  locked: 'lock',
  acquire: 'lock',
  done: 'future',
  running: 'future',
};
