// What is concluded of threads from which nothing more will be heard: nobody reported their end, and they must not count as
// alive. The model draws it when a process goes out of contact; the host, when the adapter itself went away; a view, of a
// thread that a session which is over left open, as one does of which the start of the process was not recorded. Pure.
import { t } from '../../common/l10n';
import type { Ending, Snapshot, ThreadPicture } from '../../protocol/picture';

/** Its phrase follows a colon, as those of `endingPhrases.ts`. */
export const lostContact = (at: number, because = t('contact was lost while it ran')): Ending => ({
  t: at,
  by: 'lost-contact',
  because,
  fromOutside: false,
});

/** How a thread ended; `isOver`: its process or its session is, so that it lives no more or is out of contact. */
export const endOf = (thread: ThreadPicture, isOver: boolean): Ending | undefined =>
  thread.ended ?? (isOver ? lostContact(lastSeen(thread)) : undefined);

/** The last moment at which anything is known to have happened to it. */
export function lastSeen(thread: ThreadPicture): number {
  const { refs, keepsAlive, terminateCalls, error, ended } = thread;
  const moments = [refs.at(-1), keepsAlive.at(-1), terminateCalls.at(-1), error, ended];
  return Math.max(thread.startedAt, thread.onlineAt ?? 0, ...moments.map((moment) => moment?.t ?? 0));
}

/** The session as it was when its last word came: whatever had not ended is out of contact since. */
export function outOfContact(snapshot: Snapshot, because: string): Snapshot {
  const ended = lostContact(snapshot.now, because);
  return {
    ...snapshot,
    complete: true,
    revision: snapshot.revision + 1,
    threads: snapshot.threads.map((thread) => (thread.ended ? thread : { ...thread, state: 'lost-contact', ended })),
    processes: snapshot.processes.map((process) => (process.exit ? process : { ...process, exit: ended })),
  };
}
