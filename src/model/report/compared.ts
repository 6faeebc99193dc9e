// What became better or worse since the run before, by the lines that start threads: in one sentence, and side by side. Pure.
import { grouped } from '../../common/grouped';
import { t, tally } from '../../common/l10n';
import { isTooling, type Snapshot, type ThreadPicture } from '../../protocol/picture';
import { isFailure } from '../conclusions/cutOff';
import { placed } from '../facts/sites';
import { losesWork } from './losses';

type Fate = 'lost' | 'failed' | 'killed';

/** How the threads of one place fared in each of the two runs. */
export interface ComparedStart {
  what: string;
  before: string;
  after: string;
}
type Counts = Map<string, number>;

/** Undefined where nothing of that has changed. */
export function comparedText(before: Pick<Snapshot, 'threads'>, after: Pick<Snapshot, 'threads'>): string | undefined {
  const parts = (['lost', 'failed', 'killed'] as const).flatMap((fate) => {
    const [then, now] = [countsOf(before.threads, fate), countsOf(after.threads, fate)];
    const [fewer, more] = [surplus(then, now), surplus(now, then)];
    return [...(fewer > 0 ? [FEWER[fate](fewer)] : []), ...(more > 0 ? [MORE[fate](more)] : [])];
  });
  return parts.length > 0 ? t('Compared with the run before: {0}.', parts.join('; ')) : undefined;
}

/** Of the places whose threads did not fare alike. */
export function comparedStarts(before: Pick<Snapshot, 'threads'>, after: Pick<Snapshot, 'threads'>): ComparedStart[] {
  const [then, now] = [faresOf(before.threads), faresOf(after.threads)];
  return [...new Set([...then.keys(), ...now.keys()])]
    .map((place) => ({
      ...(now.get(place) ?? then.get(place)!),
      then: then.get(place)?.text,
      now: now.get(place)?.text,
    }))
    .filter(({ then, now }) => then !== now)
    .map(({ what, then = NONE, now = NONE }) => ({ what, before: then, after: now }));
}

const NONE = '–';

/** By place: what is there, and how its threads fared, in words. */
function faresOf(threads: readonly ThreadPicture[]): Map<string, { what: string; text: string }> {
  const own = grouped(
    threads.filter((thread) => !isTooling(thread)),
    placeOf,
  );
  return new Map(
    [...own].map(([place, [first, ...others]]) => [
      place,
      { what: whatOf(first!), text: fareText([first!, ...others]) },
    ]),
  );
}

const whatOf = ({ label, startSite }: ThreadPicture): string => placed(label, startSite);

function fareText(threads: readonly ThreadPicture[]): string {
  const fates = threads.map((thread) => (thread.ended ? (fateOf(thread) ?? 'ended') : 'live'));
  return (Object.keys(FARES) as (keyof typeof FARES)[])
    .map((fate) => [fate, fates.filter((one) => one === fate).length] as const)
    .filter(([, count]) => count > 0)
    .map(([fate, count]) => FARES[fate](count))
    .join(', ');
}

const FARES: Record<Fate | 'ended' | 'live', (n: number) => string> = {
  lost: (n) => t('{0} lost work', n),
  failed: (n) => t('{0} failed', n),
  killed: (n) => t('{0} killed', n),
  ended: (n) => t('{0} ended', n),
  live: (n) => t('{0} live', n),
};

const FEWER: Record<Fate, (n: number) => string> = {
  lost: (n) => tally(n, '{0} thread no longer loses work', '{0} threads no longer lose work'),
  failed: (n) => tally(n, '{0} thread no longer fails', '{0} threads no longer fail'),
  killed: (n) => tally(n, '{0} thread is no longer killed', '{0} threads are no longer killed'),
};
const MORE: Record<Fate, (n: number) => string> = {
  lost: (n) => tally(n, '{0} more thread lost work', '{0} more threads lost work'),
  failed: (n) => tally(n, '{0} more thread failed', '{0} more threads failed'),
  killed: (n) => tally(n, '{0} more thread was killed', '{0} more threads were killed'),
};

function fateOf(thread: ThreadPicture): Fate | undefined {
  const { ended } = thread;
  if (!ended?.severity || ended.severity === 'info') return undefined;
  if (isFailure(ended)) return 'failed';
  return losesWork(thread) ? 'lost' : 'killed';
}

/** Lines move while people mend: the file that runs counts, and which file started it. */
const placeOf = ({ kind, label, startSite }: ThreadPicture): string => JSON.stringify([kind, label, startSite?.file]);

function countsOf(threads: readonly ThreadPicture[], fate: Fate): Counts {
  const counts: Counts = new Map();
  for (const thread of threads)
    if (fateOf(thread) === fate) counts.set(placeOf(thread), (counts.get(placeOf(thread)) ?? 0) + 1);
  return counts;
}

/** How many there are more of, over all places. */
const surplus = (of: Counts, than: Counts): number =>
  [...of].reduce((sum, [place, count]) => sum + Math.max(0, count - (than.get(place) ?? 0)), 0);
