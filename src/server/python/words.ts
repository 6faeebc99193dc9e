// What editors say of the threads of a module.
import { t } from '../../common/l10n';
import type { ThreadFate } from './source/fate';
import type { ThreadStart } from './source/threads';
import type { ManyKind } from './source/many';

export function labelOf({ fate, isInherited }: ThreadFate): string | undefined {
  if (fate === 'unknown') return undefined;
  if (fate === 'keeps-alive') return t('keeps alive');
  return isInherited ? t('daemon, inherited') : t('daemon');
}

/** One sentence: what happens to the thread when the process ends, and why. */
export function storyOf({ fate, isInherited }: ThreadFate, { kind, daemon }: ThreadStart): string {
  if (fate === 'daemon') {
    return isInherited
      ? t(
          'A daemon makes this thread, so it is a daemon too: it is killed when the process ends, and no “finally” block of its runs.',
        )
      : t('This thread is a daemon: it is killed when the process ends, and no “finally” block of its runs.');
  }
  if (fate === 'unknown') {
    return daemon === 'inherited'
      ? t('Nothing says whether this thread is a daemon, so it is what the thread is that makes it.')
      : t('The source does not show whether this thread is a daemon.');
  }
  if (kind === 'timer')
    return t(
      'A Timer is a thread that keeps the process alive until its time is over and its function has returned, or until cancel().',
    );
  return daemon === 'no'
    ? t('This thread is made with daemon=False, so the process waits for it to end.')
    : t('This thread is no daemon, so the process waits for it to end.');
}

/** Of what starts threads by itself. */
export function storyOfMany(kind: ManyKind): string {
  switch (kind) {
    case 'executor':
      return t(
        'The threads of an executor are waited for when the process ends: tasks that have been given are done, and none are taken any more.',
      );
    case 'loop-executor':
      return t(
        'A thread of the event loop’s executor does this. The process waits for it when it ends, and cancelling what is awaited does not stop it.',
      );
    case 'listener':
      return t(
        'Its thread is a daemon: without stop(), records that are still in the queue when the process ends are lost.',
      );
    case 'server':
      return t(
        'A thread handles each request. Unless daemon_threads is set, server_close() and the end of the process wait for them.',
      );
    case 'daemon-server':
      return t('A daemon handles each request: it is killed when the process ends, also in the middle of a request.');
    case 'pool':
      return t('The threads of this pool are daemons: tasks that nobody waits for are cut off when the process ends.');
    case 'raw':
      return t('A thread of _thread never keeps the process alive: it is killed when the process ends.');
  }
}
