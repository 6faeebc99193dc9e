// Which sessions are shown together: those that ran at the same time, as the programs of a compound do. Pure.
import type { Session } from '../stores/sessionStore';

/**
 * The live ones and those that ran beside them or beside each other, up to the newest; the one that began first is first.
 * Without recordings: their times may be of another machine's clock.
 */
export function togetherOf(sessions: readonly Session[]): Session[] {
  const all = sessions.filter(({ isRecording }) => !isRecording).sort((a, b) => a.since - b.since);
  let group: Session[] = [];
  let last = -Infinity;
  for (const session of all) {
    if (session.since > last) group = [];
    group.push(session);
    last = Math.max(last, endOf(session));
  }
  return group.filter((session) => !group.some((other) => isRunAgain(session, other)));
}

const endOf = ({ snapshot }: Session): number => (snapshot.complete ? snapshot.now : Infinity);

/** The same was started once more, after its end. */
const isRunAgain = (session: Session, other: Session): boolean =>
  session !== other && session.snapshot.title === other.snapshot.title && endOf(session) <= other.since;
