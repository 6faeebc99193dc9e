// What cannot be seen in a process of Python's, because hooks of the probe are missing there. Pure.
import { t } from '../../../common/l10n';

/** In no version of Python can these be seen: the page on Python’s threads says so once for all. */
const NEVER: ReadonlySet<string> = new Set(['python:lock-waits', 'python:raw-thread-errors']);

/** By the beginning of a hook's name; the first that fits. */
const SUBJECTS: [hook: RegExp, subject: () => string][] = [
  [/lock/i, () => t('waits for locks')],
  [/^(threading\.)?Thread|_thread|_bootstrap/, () => t('how threads start and end')],
  [/queue|condition|event|semaphore|barrier|join|wait/i, () => t('what threads wait for')],
  [/executor|future|_WorkItem/i, () => t('tasks of executors')],
  [/frames|stack/i, () => t('where threads were at the end')],
  [/_shutdown|atexit/i, () => t('what the end of the process waited for')],
];

/** @param missing names of hooks, as the probe reports them */
export function unseen(missing: readonly string[]): string[] {
  const subjects = missing
    .filter((hook) => !NEVER.has(hook))
    .map((hook) => SUBJECTS.find(([pattern]) => pattern.test(hook))?.[1]() ?? hook);
  return [...new Set(subjects)];
}
