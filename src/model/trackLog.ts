// What is new of what threads do from moment to moment, each time that it is taken: as much is looked at as is new. Pure.
import type { MessageColumns, TrackChange, TracksDelta } from '../protocol/tracks';
import type { ActivityFacts } from './facts/activityFacts';
import { endingOf } from './conclusions/endings';
import { MessageLog } from './facts/messages/messageLog';
import type { Model, ProcessFacts, ThreadFacts } from './facts/facts';
import { keepFrom, onlineSince, statesBetween, wholeFrom } from './conclusions/states';

/** What was reported of a thread last; times are µs. */
interface Reported {
  first: number;
  online: number;
  exiting: number;
  end: number;
  to: number;
}

/** What a drain brings after a thread's end is all that it left behind, when it comes so much later; in µs. */
const SURELY_DRAINED = 1e6;

export class TrackLog {
  private readonly reported = new Map<string, Reported>();
  /** Threads that have ended, and whose unread messages may yet be reported. */
  private readonly mailboxes = new Set<string>();
  /** Threads that were reported, and not yet that they are kept no more. */
  private forgotten: string[] = [];

  /** @param model made to keep tracks */
  constructor(private readonly model: Model) {}

  /** So much has come of this process that it should be taken before more does. */
  isFull(process: string): boolean {
    return this.model.processes.get(process)?.messages?.isHalfFull === true;
  }

  /**
   * Undefined when nothing is new.
   * @param keys of all threads that may have changed since the last time
   * @param now until when threads live that have not ended, in µs
   */
  take(keys: Iterable<string>, now: number): TracksDelta | undefined {
    const tracks: TrackChange[] = [];
    for (const key of keys) {
      const found = this.find(key);
      const change = found && this.changeOf(...found, now);
      if (change) tracks.push(change);
    }
    this.reportUnread();
    const messages = this.takeMessages();
    const wakes = this.takeWakes();
    const { forgotten } = this;
    if (tracks.length === 0 && !messages && !wakes && forgotten.length === 0) return undefined;
    this.forgotten = [];
    return {
      tracks,
      ...(forgotten.length > 0 ? { forgotten } : {}),
      ...(messages ? { messages } : {}),
      ...(wakes ? { wakes } : {}),
      messagesDropped: this.messagesDropped,
    };
  }

  /** Threads that the model keeps no more: nothing of them is kept or reported any more. */
  forget(keys: Iterable<string>): void {
    for (const key of keys) {
      this.mailboxes.delete(key);
      if (this.reported.delete(key)) this.forgotten.push(key);
    }
  }

  private get messagesDropped(): number {
    let dropped = 0;
    for (const { messages } of this.model.processes.values()) dropped += messages?.dropped ?? 0;
    return dropped;
  }

  private find(key: string): [ProcessFacts, ThreadFacts] | undefined {
    const at = key.lastIndexOf(':');
    const process = this.model.processes.get(key.slice(0, at));
    const thread = process?.threads.get(Number(key.slice(at + 1)));
    return thread && Number.isFinite(thread.firstSeen) ? [process!, thread] : undefined;
  }

  private changeOf(process: ProcessFacts, thread: ThreadFacts, now: number): TrackChange | undefined {
    const { key, firstSeen: first } = thread;
    const before = this.reported.get(key);
    const end = endingOf(process, thread)?.t ?? Infinity;
    const exiting = thread.exiting?.t ?? Infinity;
    const next: Reported = {
      first,
      online: onlineSince(thread),
      exiting,
      end,
      to: Math.max(first, Math.min(end, now)),
    };
    let from = Math.min(thread.samples.touchedFrom, thread.activity?.touchedFrom ?? Infinity);
    for (const one of ['first', 'online', 'exiting', 'end'] as const) {
      if (before?.[one] !== next[one]) from = Math.min(from, next[one], before?.[one] ?? Infinity);
    }
    if (before && from === Infinity) return undefined;
    thread.samples.touchedFrom = Infinity;
    if (thread.activity) thread.activity.touchedFrom = Infinity;
    from = Math.min(Math.max(first, Math.min(from, before?.to ?? first), this.whole(thread, before)), next.to);
    this.reported.set(key, next);
    keepFrom(thread, next.to);
    if (end !== Infinity && before?.end !== end) this.mailboxes.add(key);
    if (before && before.to === next.to && from === next.to) return undefined;
    return changeTo(key, from, next.to, statesBetween(process, thread, from, next.to));
  }

  /** The past is not reported again where it is no longer known in full. */
  private whole(thread: ThreadFacts, before: Reported | undefined): number {
    return before ? Math.min(before.to, wholeFrom(thread)) : -Infinity;
  }

  /** Without any activity there is no mail. */
  private get hasMail(): boolean {
    for (const { lastBatch, end } of this.model.processes.values()) if (lastBatch > 0 || end) return true;
    return false;
  }

  /** What each thread that has ended did not read, once nothing more will be heard of it. */
  private reportUnread(): void {
    if (!this.hasMail) return;
    const drained = new Map<ProcessFacts, Set<number>>();
    for (const key of this.mailboxes) {
      const [process, thread] = this.find(key) ?? [];
      const ending = thread && endingOf(process!, thread);
      if (ending && !process!.end && process!.lastBatch <= ending.t + SURELY_DRAINED) continue;
      this.mailboxes.delete(key);
      if (!ending || !isReadToTheEnd(thread) || UNDRAINED.has(ending.by)) continue;
      const ids = drained.get(process!);
      if (ids) ids.add(thread.id);
      else drained.set(process!, new Set([thread.id]));
    }
    for (const [process, ids] of drained) reportUnreadOf(process, ids);
  }

  private takeWakes(): MessageColumns | undefined {
    const columns = noColumns();
    for (const process of this.model.processes.values()) {
      const heard = process.end ? Infinity : process.lastBatch - SURELY_DRAINED;
      const wakes = process.wakes?.take(heard) ?? [];
      const log = new MessageLog();
      for (const { by, woken, called, t } of wakes) log.add(by, woken, called, t);
      if (log.length > 0) addColumns(columns, process.key, log);
    }
    return columns.from.length > 0 ? columns : undefined;
  }

  private takeMessages(): MessageColumns | undefined {
    const columns = noColumns();
    for (const process of this.model.processes.values()) {
      const { key, messages } = process;
      if (messages && messages.length > 0) addColumns(columns, key, messages);
    }
    return columns.from.length > 0 ? columns : undefined;
  }
}

/** Ends after which the last that a thread did may not have been written. */
const UNDRAINED = new Set(['signal', 'crash', 'lost-contact', 'unknown']);

const isReadToTheEnd = ({ probed, activity }: ThreadFacts): boolean => probed && activity?.dropped === 0;

function reportUnreadOf(process: ProcessFacts, ids: ReadonlySet<number>): void {
  for (const sender of process.threads.values()) {
    const facts: ActivityFacts | undefined = sender.activity;
    for (const [port, end] of facts?.ends ?? []) {
      if (!ids.has(end.thread) || process.threads.get(end.thread)?.activity?.ports.get(end.port)?.polled) continue;
      for (const t of facts!.posts.of(port).values()) process.messages?.add(sender.id, end.thread, t, NaN);
    }
  }
}

function changeTo(thread: string, from: number, to: number, spans: { from: number; code: number }[]): TrackChange {
  const begin = Math.round(from);
  return {
    thread,
    from: begin,
    starts: spans.map((span) => Math.max(0, Math.round(span.from) - begin)),
    codes: spans.map(({ code }) => code),
    to: Math.round(to),
  };
}

const noColumns = (): MessageColumns => ({ threads: [], from: [], to: [], base: 0, posted: [], took: [] });

/** @param key of the process whose messages they are */
function addColumns(columns: MessageColumns, key: string, messages: MessageLog): void {
  const { count, from, to, posted, received } = messages.take();
  const numbers = new Map<number, number>();
  const numberOf = (id: number): number => {
    let number = numbers.get(id);
    if (number === undefined) {
      numbers.set(id, (number = columns.threads.length));
      columns.threads.push(`${key}:${id}`);
    }
    return number;
  };
  if (columns.from.length === 0) columns.base = Math.round(posted[0]!);
  for (let i = 0; i < count; i++) {
    columns.from.push(numberOf(from[i]!));
    columns.to.push(numberOf(to[i]!));
    columns.posted.push(Math.round(posted[i]! - columns.base));
    const took = received[i]! - posted[i]!;
    columns.took.push(Number.isNaN(took) ? -1 : Math.max(0, Math.round(took)));
  }
}
