// Threads that failed, and took others with them. Pure.
import { t } from '../../common/l10n';
import type { ThreadError } from '../../protocol/probeEvents';
import { isMain, type ProcessFacts, type ThreadFacts } from '../facts/facts';
import { runtimeOf } from '../runtimes/runtimes';
import { endingOf } from '../conclusions/endings';
import { labelOf } from '../conclusions/labels';
import { siteText } from '../facts/sites';
import { lines, type Evidence, type Suspect, type Verdict } from './evidence';

export function failures({ process, workers }: Pick<Evidence, 'process' | 'workers'>): Verdict[] {
  return workers.flatMap((worker) => {
    const found = outOfMemory(worker) ?? fileNotFound(worker) ?? unhandled(process, worker);
    return found ? [found] : [];
  });
}

function outOfMemory({ thread, label, ended, activity }: Suspect): Verdict | undefined {
  if (ended?.by !== 'out-of-memory') return undefined;
  const { limitKiB } = activity?.heap ?? {};
  return {
    rule: 'out-of-memory',
    thread,
    t: ended.t,
    at: thread.start?.at,
    text: limitKiB
      ? t('“{0}” reached its heap limit of {1} MiB and was ended at once.', label, Math.round(limitKiB / 1024))
      : t('“{0}” reached its heap limit and was ended at once.', label),
  };
}

function fileNotFound({ thread, ended }: Suspect): Verdict | undefined {
  const { error, start } = thread;
  if (!error || !ended || !start?.file) return undefined;
  const failure = runtimeOf(thread).errors.fileFailed(error.message, start.file);
  if (!failure) return undefined;
  return {
    rule: 'worker-file-not-found',
    thread,
    t: error.t,
    at: start.at,
    text:
      failure === 'not-runnable'
        ? t('The file of a worker cannot be run: {0}.', start.file)
        : t('The file of a worker is not there: {0}.', start.file),
  };
}

function unhandled(process: ProcessFacts, { thread, label, owner }: Suspect): Verdict | undefined {
  const { error } = thread;
  if (!error || !owner || !isPassedOn(process, thread, owner)) return undefined;
  const cause = [...thread.children].some((id) => isPassedOn(process, process.threads.get(id)!, thread));
  if (cause) return undefined;
  return {
    rule: 'unhandled-worker-error',
    thread,
    t: error.t,
    at: thread.start?.at ?? error.at,
    text: passedOnText(error, label, owner),
    related: lines([t('It was thrown here'), error.at]),
  };
}

function passedOnText({ name, message, at }: ThreadError, label: string, owner: ThreadFacts): string {
  const [line = ''] = message.split('\n', 1);
  const what = at ? t('{0}: {1} at {2}', name, line, siteText(at)) : `${name}: ${line}`;
  if (isMain(owner))
    return t(
      "{0} in “{1}” had no 'error' listener on its Worker, so it was thrown in main and ended the process.",
      what,
      label,
    );
  return t(
    "{0} in “{1}” had no 'error' listener on its Worker, so it was thrown in “{2}” and ended it.",
    what,
    label,
    labelOf(owner),
  );
}

/** The owner ended of the very error of its worker. */
function isPassedOn(process: ProcessFacts, worker: ThreadFacts, owner: ThreadFacts): boolean {
  const [inner, outer] = [worker.error, owner.error];
  if (!inner || !outer || endingOf(process, owner)?.by !== 'error') return false;
  return inner.name === outer.name && inner.message === outer.message && inner.t <= outer.t;
}
