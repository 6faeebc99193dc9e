// Work that was lost because its thread was ended from outside. Pure.
import { t, tally } from '../../common/l10n';
import type { Ending, Unfinished } from '../../protocol/picture';
import { mainEnding } from '../conclusions/endings';
import { mainOf, type ProcessFacts } from '../facts/facts';
import { runtimeOf } from '../runtimes/runtimes';
import { siteText } from '../facts/sites';
import { poolLabel } from '../conclusions/pools';
import { hasOwn } from '../facts/resources';
import { isAtWork, isBusy, lastSaid } from '../conclusions/tasks';
import { bytesText, unheardText, unreadText } from '../conclusions/unfinished';
import {
  cutOffOf,
  fell,
  fileText,
  lines,
  unheardMail,
  unreadMail,
  type Evidence,
  type Suspect,
  type Verdict,
} from './evidence';

/** A file that was written to so shortly before is taken for one that is being written, in µs. */
const JUST_WRITTEN = 1e6;
/** Between a post and a terminate() that belong together, in µs. */
const RIGHT_AFTER = 1e6;

/** Each thread's gravest only: who was cut off while writing need not be told of its messages too. */
export function cutOff(evidence: Pick<Evidence, 'process' | 'workers'>): Verdict[] {
  return evidence.workers.flatMap((worker) => {
    const { process } = evidence;
    const found =
      whileWriting(process, worker) ??
      task(worker) ??
      afterPost(worker) ??
      unread(process, worker) ??
      withLiveWorkers(process, worker) ??
      withOwner(process, worker);
    return found ? [found] : [];
  });
}

function whileWriting(process: ProcessFacts, worker: Suspect): Verdict | undefined {
  const { thread, activity, unfinished } = worker;
  const ended = cutOffOf(worker);
  if (!ended) return undefined;
  const [write, ...others] = activity?.writing.filter(({ isFile }) => isFile) ?? [];
  const about = { rule: 'cut-off-while-writing', thread, t: ended.t, ...whereCutOff(worker, ended) } as const;
  if (write) {
    const { fate } = unfinished.find(({ what, path }) => what === 'write' && path === write.to)!;
    const doing = writingText(bytesText(write.bytes), fileText(process, write.to), others.length);
    return { ...about, text: `${fell(worker, ended)} ${doing} ${fateText(fate)}` };
  }
  const files = justWritten(process, worker, ended);
  if (files.length === 0) return undefined;
  const names = files.map((path) => fileText(process, path)).join(', ');
  return { ...about, severity: 'warning', text: `${fell(worker, ended)} ${justWrittenText(names, files.length)}` };
}

const writingText = (bytes: string, file: string, others: number): string =>
  others === 0
    ? t('It was writing {0} to {1}.', bytes, file)
    : tally(
        others,
        'It was writing {1} to {2}, and {0} more write.',
        'It was writing {1} to {2}, and {0} more writes.',
        bytes,
        file,
      );

const justWrittenText = (names: string, files: number): string =>
  files === 1
    ? t('It had just written to {0} and had not closed it; whether it had more to write is not known.', names)
    : t('It had just written to {0} and had not closed them; whether it had more to write is not known.', names);

function fateText(fate: Unfinished['fate']): string {
  switch (fate) {
    case 'completed':
      return t('What the system had in hand reached the file; what was to follow is lost.');
    case 'unknown':
      return t('Whether that reached the file is not known; what was to follow is lost.');
    case 'lost':
      return t('That is lost.');
  }
}

/**
 * Not those that main’s exit handlers had written out, unless the thread writes of its own accord, nor those of which its
 * owner was told when they were written. A thread that had nothing more to do is done, but a signal ends its owner too,
 * which may have had more for it.
 */
function justWritten(process: ProcessFacts, worker: Suspect, ended: Ending): string[] {
  const { activity, owner, thread } = worker;
  if (!activity || (ended.by !== 'signal' && hadNothingToDo(worker, ended.t))) return [];
  const exiting = ended.by === 'main-exit' ? mainOf(process)?.exiting : owner?.exiting;
  const until = writesByItself(worker) ? Infinity : (exiting?.t ?? Infinity);
  const answers = !isStream(worker) && unheardMail(worker, ended.t).count === 0;
  const told = answers ? lastSaid(thread) : 0;
  return activity.openFiles
    .filter(({ lastWrite }) => ended.t - lastWrite < JUST_WRITTEN && lastWrite < until && lastWrite > told)
    .map(({ path }) => path)
    .filter((path) => ON_DISK.test(path));
}

function hadNothingToDo(worker: Suspect, when: number): boolean {
  if (!worker.thread.activity?.resources) return false;
  return !writesByItself(worker) && unreadMail(worker, when).count === 0 && !isBusy(worker.thread, when);
}

/** It has a timer, a server and the like. Resources are told once in a while; of writes it is known when they end. */
function writesByItself({ thread }: Suspect): boolean {
  const counts = thread.activity?.resources?.counts ?? {};
  return hasOwn(Object.fromEntries(Object.entries(counts).filter(([name]) => !/^(FSReq|FILEHANDLE)/.test(name))));
}

/** Not a pipe, a socket, a device, or what is not known. */
const ON_DISK = /^(\/(?!dev\/|proc\/)|[a-z]:\\)/i;

/** A daemon that was cut off: where it was made one. Else what ended it, or where it was started. */
function whereCutOff({ thread, unrefAt }: Suspect, ended: Ending): Pick<Verdict, 'at' | 'related'> {
  const start = thread.start?.at;
  return {
    at: (cutOffOf({ ended }) && unrefAt) ?? ended.at ?? start,
    related: lines(
      [t('unref() was called here'), unrefAt],
      [t('It was started here'), start],
      [t('This line ended it'), ended.at],
    ),
  };
}

function task(worker: Suspect): Verdict | undefined {
  const { thread, activity, pool } = worker;
  const ended = cutOffOf(worker);
  if (!pool || !ended || isStream(worker) || !(activity?.asked || isBusy(thread, ended.t))) return undefined;
  return {
    rule: 'task-cut-off',
    thread,
    pool,
    t: ended.t,
    at: pool.at ?? ended.at,
    text: `${fell(worker, ended)} ${t('It belongs to {0}, and was at a task.', poolLabel(pool))}`,
    related: lines([t('The pool was made here'), pool.at], [t('This line ended it'), ended.at]),
  };
}

/** What its threads are given is lines, which nobody answers. */
const isStream = ({ process, pool }: Suspect): boolean =>
  pool?.package !== undefined && runtimeOf(process).streamPackages.includes(pool.package);

function afterPost(worker: Suspect): Verdict | undefined {
  const { thread, label, ended } = worker;
  const call = thread.terminateCalls[0];
  if (ended?.by !== 'terminate' || !call || call.hand) return undefined;
  const mail = unreadMail(worker, call.t);
  if (mail.count === 0 || call.t - mail.last > RIGHT_AFTER) return undefined;
  const before = Math.round((call.t - mail.last) / 1000);
  return {
    rule: 'terminate-after-post',
    thread,
    t: ended.t,
    at: call.at ?? thread.start?.at,
    text: afterPostText(label, before, mail.count),
    related: lines([t('It was started here'), thread.start?.at]),
  };
}

/** @param before in ms */
const afterPostText = (label: string, before: number, messages: number): string =>
  before < 1
    ? tally(
        messages,
        '“{1}” was terminated right after a message was posted to it; {0} message it had not taken is lost.',
        '“{1}” was terminated right after a message was posted to it; {0} messages it had not taken are lost.',
        label,
      )
    : tally(
        messages,
        '“{1}” was terminated {2} ms after a message was posted to it; {0} message it had not taken is lost.',
        '“{1}” was terminated {2} ms after a message was posted to it; {0} messages it had not taken are lost.',
        label,
        before,
      );

function unread(process: ProcessFacts, worker: Suspect): Verdict | undefined {
  const { thread, label, ended } = worker;
  if (!ended) return undefined;
  const isCut = cutOffOf(worker) !== undefined;
  const mail = isCut || endedByItself(ended) ? unreadMail(worker, mailUntil(process, worker, ended)).count : 0;
  const sent = isCut ? unheardMail(worker, soonestExit(process, worker)).count : 0;
  if (mail + sent === 0) return undefined;
  const how = isCut ? fell(worker, ended) : t('“{0}” ended by itself: {1}.', label, ended.because);
  const where = whereCutOff(worker, ended);
  return {
    rule: 'unread-messages',
    thread,
    t: ended.t,
    text: `${how} ${mailText(mail, sent)}`,
    ...where,
  };
}

function mailText(toIt: number, fromIt: number): string {
  if (toIt > 0 && fromIt > 0) return t('{0}, and {1}.', unreadText(toIt), unheardText(fromIt));
  return `${toIt > 0 ? unreadText(toIt) : unheardText(fromIt)}.`;
}

const endedByItself = ({ by }: Ending): boolean => by === 'returned' || by === 'exit-call';

/** What is posted once a thread exits, or its killer does, is posted to nobody. */
const mailUntil = (process: ProcessFacts, { thread }: Suspect, ended: Ending): number =>
  thread.exiting?.t ?? (ended.by === 'main-exit' ? (mainOf(process)?.exiting?.t ?? ended.t) : ended.t);

/** Only what was posted before its owner’s own end could be heard. */
const soonestExit = (process: ProcessFacts, { owner }: Suspect): number =>
  Math.min(owner?.exiting?.t ?? Infinity, mainOf(process)?.exiting?.t ?? Infinity);

function withLiveWorkers(process: ProcessFacts, worker: Suspect): Verdict | undefined {
  const { thread, label, ended, keepsAlive } = worker;
  const main = mainEnding(process);
  if (ended?.by !== 'main-exit' || main?.by !== 'exit-call' || !keepsAlive) return undefined;
  const doing = workText(process, worker);
  if (!doing) return undefined;
  return {
    rule: 'exit-with-live-workers',
    thread,
    t: ended.t,
    at: main.at ?? thread.start?.at,
    text: main.at
      ? t('process.exit() at {0} killed “{1}”, {2}.', siteText(main.at), label, doing)
      : t('process.exit() killed “{0}”, {1}.', label, doing),
    related: lines([t('It was started here'), thread.start?.at]),
  };
}

function withOwner(process: ProcessFacts, worker: Suspect): Verdict | undefined {
  const { thread, ended, keepsAlive } = worker;
  if (ended?.by !== 'owner-exit' || thread.refs.at(-1)?.k === 'thread-unref') return undefined;
  const doing = workText(process, worker);
  if (!doing || keepsAlive === undefined) return undefined;
  return {
    rule: 'lost-with-owner',
    thread,
    t: ended.t,
    at: thread.start?.at ?? ended.at,
    text: `${fell(worker, ended)} ${t('It was killed {0}.', doing)}`,
    related: lines([t('This line ended its owner'), ended.at]),
  };
}

/** What it did, as a phrase; undefined when it had nothing to do, or nothing is known of that. */
function workText(process: ProcessFacts, { thread, ended, activity }: Suspect): string | undefined {
  if (thread.firstWritten === undefined && thread.onlineAt === undefined) return t('before its code had begun');
  if (isAtWork(process, thread, ended!.t) === true || activity?.asked) return t('while it was at work');
  return undefined;
}
