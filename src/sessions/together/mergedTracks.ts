// What is asked of several sessions at once: a question to each of them, and one answer. Pure.
import type { SessionId } from '../../protocol/timelineMessages';
import type { Look, Measure, Measured, Seen, SeenMessages } from '../../protocol/tracks';
import { processOf } from './mergedPictures';

type SessionOf = (process: string) => SessionId | undefined;

/** Of each session what is its own; one of which nothing is wanted is not asked. */
export function looksOf(look: Look, sessionOf: SessionOf): Map<SessionId, Look> {
  const looks = new Map<SessionId, Look>();
  const add = (process: string, to: (own: Look) => void): void => {
    const session = sessionOf(process);
    if (session === undefined) return;
    let own = looks.get(session);
    if (!own) looks.set(session, (own = { ...look, threads: [], pools: [], messagesOf: [] }));
    to(own);
  };
  for (const thread of look.threads) add(processOf(thread), ({ threads }) => threads.push(thread));
  for (const pool of look.pools) add(processOf(pool.threads[0] ?? ''), ({ pools }) => pools.push(pool));
  for (const thread of look.messagesOf) add(processOf(thread), ({ messagesOf }) => messagesOf.push(thread));
  return looks;
}

export function measuresOf(measure: Measure, sessionOf: SessionOf): Map<SessionId, Measure> {
  const measures = new Map<SessionId, Measure>();
  for (const thread of measure.threads) {
    const session = sessionOf(processOf(thread));
    if (session === undefined) continue;
    const own = measures.get(session);
    if (own) own.threads.push(thread);
    else measures.set(session, { ...measure, threads: [thread] });
  }
  return measures;
}

/** @param answers to the same look; undefined where nothing is known of a session */
export function mergedSeen(answers: readonly (Seen | undefined)[]): Seen | undefined {
  const seen = answers.filter((answer) => answer !== undefined);
  if (seen.length < 2) return seen[0];
  const messages = mergedMessages(seen.map((answer) => answer.messages));
  const wakes = mergedMessages(seen.map((answer) => answer.wakes));
  return {
    ...seen[0]!,
    lanes: seen.flatMap(({ lanes }) => lanes),
    pools: seen.flatMap(({ pools }) => pools),
    ...(messages ? { messages } : {}),
    ...(wakes ? { wakes } : {}),
  };
}

export function mergedMeasured(answers: readonly (Measured | undefined)[]): Measured | undefined {
  const measured = answers.filter((answer) => answer !== undefined);
  return measured[0] && { ...measured[0], threads: measured.flatMap(({ threads }) => threads) };
}

/** Threads of one session post to each other alone. Oldest first. */
function mergedMessages(all: readonly (SeenMessages | undefined)[]): SeenMessages | undefined {
  const lists = all.filter((list) => list !== undefined);
  if (lists.length < 2) return lists[0];
  let before = 0;
  const rows = lists.flatMap((list) => {
    const first = before;
    before += list.threads.length;
    return [...list.posted].map((posted, i) => ({
      from: first + list.from[i]!,
      to: first + list.to[i]!,
      posted,
      received: list.received[i]!,
    }));
  });
  rows.sort((a, b) => a.posted - b.posted);
  return {
    threads: lists.flatMap(({ threads }) => threads),
    from: Uint16Array.from(rows, ({ from }) => from),
    to: Uint16Array.from(rows, ({ to }) => to),
    posted: Float64Array.from(rows, ({ posted }) => posted),
    received: Float64Array.from(rows, ({ received }) => received),
    more: lists.reduce((sum, { more }) => sum + more, 0),
  };
}
