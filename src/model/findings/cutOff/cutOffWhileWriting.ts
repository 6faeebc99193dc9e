// Threads that were cut off in the middle of a write, or right after one. Pure.
import { t, tally } from '../../../common/l10n';
import type { Ending } from '../../../protocol/picture';
import { isAbrupt, isKilledWithMain } from '../../conclusions/cutOff';
import { isBusyAt, lastSaid } from '../../conclusions/tasks';
import { writeFate } from '../../conclusions/phrases/fates';
import { unflushedText } from '../../conclusions/undone/told';
import type { LeftUndone } from '../../../protocol/probeEvents';
import { bytesText } from '../../conclusions/undone/amounts';
import { mainOf } from '../../facts/facts';
import { hasOwn } from '../../facts/resources';
import { cutOffOf, type Suspect } from '../evidence';
import type { WorkerRule } from '../rule';
import { codeText, fell, whereCutOff } from '../shared/cutOff';
import { unheardMail, unreadMail } from '../../conclusions/traffic/mail';
import { fileText } from '../shared/text';
import { isStream } from '../shared/work';
import type { Verdict } from '../verdict';

/** A file that was written to so shortly before is taken for one that is being written, in µs. */
const JUST_WRITTEN = 1e6;
export const cutOffWhileWriting: WorkerRule = { id: 'cut-off-while-writing', check };

function check(worker: Suspect): Verdict | undefined {
  const { process, thread, activity, unfinished } = worker;
  const ended = cutOffOf(worker);
  if (!ended) return undefined;
  const [write, ...others] = activity?.writing.filter(({ isFile }) => isFile) ?? [];
  const about = { thread, t: ended.t, ...whereCutOff(worker, ended) };
  if (write) {
    const { fate } = unfinished.find(({ what, path }) => what === 'write' && path === write.to)!;
    const doing = writingText(bytesText(write.bytes), fileText(process, write.to), others.length);
    return { ...about, text: `${fell(worker, ended)} ${doing} ${writeFate(fate)}${codeText(worker)}` };
  }
  const [lost, ...more] = unflushedBy(worker);
  if (lost) return { ...about, text: `${fell(worker, ended)} ${unflushed(lost, more.length)}${codeText(worker)}` };
  const files = justWritten(worker, ended);
  if (files.length === 0) return undefined;
  const names = files.map((path) => fileText(process, path)).join(', ');
  return {
    ...about,
    severity: 'warning',
    text: `${fell(worker, ended)} ${justWrittenText(names, files.length)}${codeText(worker)}`,
  };
}

/** What it wrote and what never left the process, where the runtime tells that; not after a call that another rule is about. */
const unflushedBy = ({ process, thread }: Suspect): LeftUndone[] =>
  process.endedBy !== undefined
    ? []
    : process.shutdown.undone.filter(({ undone, id }) => undone === 'unflushed' && id === thread.id);

const unflushed = (lost: LeftUndone, others: number): string =>
  others > 0
    ? tally(
        others,
        'Lost: {1}, and the same of {0} more file.',
        'Lost: {1}, and the same of {0} more files.',
        unflushedText(lost),
      )
    : t('Lost: {0}.', unflushedText(lost));

const writingText = (bytes: string, file: string, others: number): string =>
  others === 0
    ? t('It was writing {0} to {1}.', bytes, file)
    : tally(
        others,
        'It was writing {1} to {2}, with {0} more write in progress.',
        'It was writing {1} to {2}, with {0} more writes in progress.',
        bytes,
        file,
      );

const justWrittenText = (names: string, files: number): string =>
  files === 1
    ? t('It had just written to {0} and had not closed it. Whether it had more to write is unknown.', names)
    : t('It had just written to {0} and had not closed them. Whether it had more to write is unknown.', names);

/**
 * Not those that main’s exit handlers had written out, unless the thread writes of its own accord, nor those of which its
 * owner had heard when they were written. A thread that had nothing more to do is done, but a signal ends its owner too,
 * which may have had more for it.
 */
function justWritten(worker: Suspect, ended: Ending): string[] {
  const { process, activity, owner, thread } = worker;
  if (!activity || (!isAbrupt(ended) && hadNothingToDo(worker, ended.t))) return [];
  const exiting = isKilledWithMain(ended) ? mainOf(process)?.exiting : owner?.exiting;
  const until = writesByItself(worker) ? Infinity : (exiting?.t ?? Infinity);
  const answers = !isStream(worker) && unheardMail(worker, ended.t).count === 0;
  const answered = answers ? lastSaid(thread) : 0;
  return activity.openFiles
    .filter(({ lastWrite }) => ended.t - lastWrite < JUST_WRITTEN && lastWrite < until && lastWrite > answered)
    .map(({ path }) => path)
    .filter((path) => ON_DISK.test(path));
}

function hadNothingToDo(worker: Suspect, when: number): boolean {
  if (!worker.thread.activity?.resources) return false;
  return (
    !writesByItself(worker) && unreadMail(worker, when).count === 0 && !isBusyAt(worker.process, worker.thread, when)
  );
}

/** It has a timer, a server and the like. Resources are reported once in a while; of writes it is known when they end. */
function writesByItself({ thread }: Suspect): boolean {
  const counts = thread.activity?.resources?.counts ?? {};
  return hasOwn(Object.fromEntries(Object.entries(counts).filter(([name]) => !/^(FSReq|FILEHANDLE)/.test(name))));
}

/** Not a pipe, a socket, a device, or what is not known. */
const ON_DISK = /^(\/(?!dev\/|proc\/)|[a-z]:\\)/i;
