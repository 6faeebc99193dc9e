// Threads that had not turned their loop for long when they were ended from outside. Pure.
import { t } from '../../../common/l10n';
import { unturnedSince } from '../../conclusions/tasks';
import { isOfStop, type Suspect } from '../evidence';
import type { WorkerRule } from '../rule';
import { codeText, lastSeenIn, lastSeenText, tasksText, wasHere } from '../shared/cutOff';
import { secondsText } from '../shared/text';
import { lines, type Verdict } from '../verdict';

/** How long its loop must not have turned, in µs. */
const UNRESPONSIVE_FOR = 2e6;

export const unresponsiveWorker: WorkerRule = { id: 'unresponsive-worker', check };

function check(worker: Suspect): Verdict | undefined {
  const { thread, label, ended } = worker;
  const since = unturnedSince(thread);
  if (!ended?.fromOutside || since === undefined) return undefined;
  const lasted = ended.t - since;
  if (lasted < UNRESPONSIVE_FOR) return undefined;
  const text = t(
    'The event loop of “{0}” had not turned for {1} when the thread was ended from outside.',
    label,
    secondsText(lasted),
  );
  const code = codeText(worker);
  const related = lines(...(code ? wasHere(worker) : lastSeenIn(thread)), [t('This line ended it'), ended.at]);
  const severity = isKnown(worker) ? { severity: 'info' as const } : {};
  return {
    thread,
    t: ended.t,
    at: thread.start?.at,
    text: text + tasksText(worker) + (code || lastSeenText(thread)),
    related,
    ...severity,
  };
}

/** Who terminates such a thread knows of it, mostly; and one that computes for nobody who waits is no trouble to who stops all. */
const isKnown = (worker: Suspect): boolean =>
  worker.ended?.by === 'terminate' || (isOfStop(worker) && !worker.unfinished.some(({ what }) => what === 'mail'));
