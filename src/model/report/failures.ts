// Errors of a run that nobody caught, in sentences. Pure.
import { t, tally } from '../../common/l10n';
import type { Finding, ThreadPicture } from '../../protocol/picture';
import { ruleOf, type RuleId } from '../../protocol/rules';
import { isFailure } from '../conclusions/cutOff';
import { earlierEnds } from './earlierEnds';
import type { RunPictures } from './losses';

type FailedIn = Pick<RunPictures, 'threads' | 'findings' | 'earlier'>;

/**
 * Threads that an error ended of which no listener heard. None where it was the error of a thread that it had started, nor of those
 * that crashed with main.
 */
export function failedThreads({ threads }: Pick<RunPictures, 'threads'>): ThreadPicture[] {
  const failed = threads.filter(({ ended }) => ended?.severity === 'error' && isFailure(ended));
  const errors = new Set(failed.filter(({ kind }) => kind !== 'main').map(errorOf));
  const byKey = new Map(failed.map((thread) => [thread.key, thread]));
  const passedOn = new Set(
    failed.flatMap((inner) => {
      const outer = byKey.get(inner.owner ?? '');
      return outer && endedBySame(inner, outer) ? [outer] : [];
    }),
  );
  const isOwn = (thread: ThreadPicture): boolean =>
    thread.kind === 'main'
      ? thread.ended?.by === 'crash' || !errors.has(errorOf(thread))
      : thread.ended?.by !== 'crash' && !passedOn.has(thread);
  return failed.filter(isOwn);
}

const errorOf = ({ process, error }: ThreadPicture): string => JSON.stringify([process, error?.name, error?.message]);

/** An owner hears of the end of its worker so late, in µs. */
const HEARD_WITHIN = 1e6;

/** And not by one of its own with the same words. */
function endedBySame(worker: ThreadPicture, owner: ThreadPicture): boolean {
  const [inner, outer] = [worker.error, owner.error];
  if (!inner || !outer || owner.ended?.by !== 'error' || errorOf(worker) !== errorOf(owner)) return false;
  return inner.t <= outer.t && outer.t <= worker.ended!.t + HEARD_WITHIN;
}

/** How many errors nobody caught. */
export const failureCount = (run: FailedIn): number =>
  failedThreads(run).length + earlierFailures(run) + otherFailures(run).length;

const earlierFailures = (run: Pick<RunPictures, 'earlier'>): number =>
  (run.earlier ?? []).reduce(
    (sum, { heard = 0 }) => sum - heard,
    earlierEnds(run, (by) => isFailure({ by })),
  );

/** Such as the error of a task, which ends no thread. */
function otherFailures({ findings, threads }: FailedIn): Finding[] {
  const failed = new Set(threads.filter(({ ended }) => ended && isFailure(ended)).map(({ key }) => key));
  return findings.filter(
    ({ rule, severity, thread, count }) =>
      severity === 'error' &&
      ruleOf(rule).category === 'failure' &&
      !OF_ENDINGS.includes(rule) &&
      count === undefined &&
      !(thread !== undefined && failed.has(thread)),
  );
}
/** What they tell of is counted with the endings, also where only sums are kept. */
const OF_ENDINGS: readonly RuleId[] = [
  'unhandled-worker-error',
  'thread-failed',
  'worker-file-not-found',
  'out-of-memory',
];

/** The first, and how many more there are. */
export function failureTexts(run: FailedIn): string[] {
  const count = failureCount(run);
  const [first] = failedThreads(run).sort((a, b) => a.ended!.t - b.ended!.t);
  const [other] = otherFailures(run);
  if (count === 0) return [];
  const text = first ? failureText(first) : other ? `${ruleOf(other.rule, other.runtime).title}.` : undefined;
  if (text === undefined) return [tally(count, '{0} thread failed.', '{0} threads failed.')];
  return [
    text,
    ...(count > 1 ? [tally(count - 1, '{0} more error was not caught.', '{0} more errors were not caught.')] : []),
  ];
}

function failureText({ kind, label, ended }: ThreadPicture): string {
  if (ended!.by === 'crash') return t('The process crashed.');
  return kind === 'main' ? t('Main failed: {0}.', ended!.because) : t('“{0}” failed: {1}.', label, ended!.because);
}
