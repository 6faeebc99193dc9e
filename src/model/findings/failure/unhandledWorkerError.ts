// Errors of workers that nobody listened for, and which ended their owners. Pure.
import { t } from '../../../common/l10n';
import type { Site, ThreadError } from '../../../protocol/probeEvents';
import { endingOf } from '../../conclusions/endings';
import { labelOf } from '../../conclusions/labels';
import { ownerOf } from '../../conclusions/once';
import { childrenOf, isMain, type ProcessFacts, type ThreadFacts } from '../../facts/facts';
import { siteText } from '../../facts/sites';
import type { Suspect } from '../evidence';
import type { WorkerRule } from '../rule';
import { lines, type Verdict } from '../verdict';

/** In other runtimes the error of a thread ends that thread alone. */
export const unhandledWorkerError: WorkerRule = {
  id: 'unhandled-worker-error',
  byReports: true,
  runtimes: ['node'],
  check,
};

function check({ process, thread, owner }: Suspect): Verdict | undefined {
  const { error } = thread;
  if (!error || !owner || !isPassedOn(process, thread, owner)) return undefined;
  if (thread.failedByWorker || childrenOf(process, thread).some((child) => isPassedOn(process, child, thread)))
    return undefined;
  const between = passedThrough(process, owner);
  return {
    thread,
    t: error.t,
    at: thread.start?.at ?? error.at,
    text: textOf(thread, error, owner, between),
    ...(thread.errorHeard ? { advice: handleThere() } : {}),
    related: lines(
      [t('It was thrown here'), error.at],
      ...between.map((other): [string, Site | undefined] => [
        t('“{0}” was started here', labelOf(other)),
        other.start?.at,
      ]),
    ),
  };
}

/** From its owner on, those by which it came up to main; none where it did not come so far. */
function passedThrough(process: ProcessFacts, owner: ThreadFacts): ThreadFacts[] {
  const between: ThreadFacts[] = [];
  for (let at: ThreadFacts | undefined = owner; at && !isMain(at);) {
    const next = ownerOf(process, at);
    if (!next || !isPassedOn(process, at, next)) return [];
    between.push(at);
    at = next;
  }
  return between;
}

const handleThere = (): string =>
  t(
    'Handle the error where worker.on("error", …) hears of it. There it was thrown again, or it rejected a promise that nobody handled.',
  );

/** Who listens may throw it again, or leave a promise rejected by it. */
function textOf(
  thread: ThreadFacts,
  { name, message, at }: ThreadError,
  owner: ThreadFacts,
  between: readonly ThreadFacts[],
): string {
  const label = labelOf(thread);
  const line = firstLine(message).replace(/\.$/, ''); // the sentence has a full stop of its own
  const what = at ? t('{0}: {1} at {2}', name, line, siteText(at)) : `${name}: ${line}`;
  if ([thread, ...between].some(({ errorHeard }) => errorHeard !== false))
    return isMain(owner) || between.length > 0
      ? t('“{1}” failed with {0}. The error went on to main and ended the process.', what, label)
      : t('“{1}” failed with {0}. The error went on to “{2}” and ended that thread.', what, label, labelOf(owner));
  if (isMain(owner))
    return t(
      "“{1}” failed with {0}. Its Worker had no 'error' listener, so the error was thrown in main and ended the process.",
      what,
      label,
    );
  if (between.length > 0)
    return t(
      "“{1}” failed with {0}. Neither its Worker nor that of {2} had an 'error' listener, so the error went on to main and ended the process.",
      what,
      label,
      between.map((thread) => `“${labelOf(thread)}”`).join(', '),
    );
  return t(
    "“{1}” failed with {0}. Its Worker had no 'error' listener, so the error was thrown in “{2}” and ended that thread.",
    what,
    label,
    labelOf(owner),
  );
}

const firstLine = (text: string): string => text.split('\n', 1)[0]!;

/** The owner hears of the error before it hears that its worker is gone, or right after, in µs. */
const HEARD_WITHIN = 1e6;

/** The owner ended by the very error of its worker, not by one of its own with the same words. */
export function isPassedOn(process: ProcessFacts, worker: ThreadFacts, owner: ThreadFacts): boolean {
  const [inner, outer] = [worker.error, owner.error];
  if (!inner || !outer || endingOf(process, owner)?.by !== 'error') return false;
  if (inner.name !== outer.name || inner.message !== outer.message) return false;
  return inner.t <= outer.t && outer.t <= (worker.exit?.t ?? Infinity) + HEARD_WITHIN;
}
