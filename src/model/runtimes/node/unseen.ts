// What cannot be seen in a process, because hooks of the probe are missing there. Pure.
import { t } from '../../../common/l10n';

/** By the beginning of a hook's name; the first that fits. */
const SUBJECTS: [hook: RegExp, subject: () => string][] = [
  [/^fs\.|^FileHandle/, () => t('writes in flight and open files')],
  [/^synchronous[ -]child/, () => t('waits for synchronous child processes')],
  [/^atomics/i, () => t('waits in Atomics.wait')],
  [/^MessagePort|^EventTarget|^BroadcastChannel|^receiveMessageOnPort/, () => t('messages')],
  [/^Worker\.(ref|unref)/, () => t('ref() and unref() of workers')],
  [/^Worker/, () => t('how workers end')],
];

/** @param missing names of hooks, as the probe reports them */
export function unseen(missing: readonly string[]): string[] {
  const subjects = missing.map((hook) => SUBJECTS.find(([pattern]) => pattern.test(hook))?.[1]() ?? hook);
  return [...new Set(subjects)];
}
