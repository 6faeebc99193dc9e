// What was seen of a thread and need be no trouble, in sentences. Pure.
import type { Ending, Note } from '../../protocol/picture';
import type { ExitFailed, Site } from '../../protocol/probeEvents';
import { isMain, type ProcessFacts, type ThreadFacts } from '../facts/facts';
import { isAbrupt } from './cutOff';
import * as phrases from './phrases/notePhrases';
import { runtimeOf } from '../runtimes/runtimes';
import { brokenMail } from './traffic/brokenMail';
import { unheardBroadcasts } from './traffic/broadcasts';
import { strayMail } from './traffic/strayMail';
import { pendingAwaits } from './undone/pendingAwaits';

const MOST_NOTES = 20;

/** @param ended how the thread ended, if it did */
export function notesOf(process: ProcessFacts, thread: ThreadFacts, ended: Ending | undefined): Note[] {
  return [
    ...brokenMail(process, thread).map((mail) => noteOf(phrases.broken(mail), undefined)),
    ...strayMail(process, thread).map((mail) => noteOf(phrases.stray(thread, mail), mail.lines[0])),
    ...unheardBroadcasts(process, thread).map((one) => {
      const at = thread.activity?.postSites.find(({ port }) => port === one.port)?.at;
      return noteOf(phrases.unheardBroadcast(thread, one, at), at);
    }),
    ...(ended ? unsettled(thread, ended) : []),
    ...(ended ? skippedListeners(thread, ended) : []),
    ...(isMain(thread) ? exitsFailed(process).map((one) => noteOf(phrases.failedAtExit(one), one.at)) : []),
  ].slice(0, MOST_NOTES);
}

function unsettled(thread: ThreadFacts, ended: Ending): Note[] {
  if (ended.by !== 'returned') return [];
  const { exiting } = thread;
  if (runtimeOf(thread).endings.isUnsettled({ code: ended.code ?? 0, chosen: exiting?.chosen })) return []; // a finding says it
  return pendingAwaits(thread)
    .filter(({ at }) => !at || !IN_PACKAGE.test(at.file))
    .map((one) => noteOf(phrases.unsettled(thread, one), one.at));
}

/** They know what they wait for. */
const IN_PACKAGE = /[\\/]node_modules[\\/]/;

/** Of main; of others it is told with what they left undone. */
function skippedListeners(thread: ThreadFacts, ended: Ending): Note[] {
  const { exitListeners, exiting } = thread;
  if (!isMain(thread) || !isAbrupt(ended) || exiting || !exitListeners || exitListeners.count === 0) return [];
  return [noteOf(phrases.skippedByMain(exitListeners), exitListeners.at)];
}

/** Not by a thread that could not be started any more, of which a finding tells. */
function exitsFailed({ shutdown: { failed, startsFailed } }: ProcessFacts): ExitFailed[] {
  const lines = new Set(startsFailed.map(({ at }) => at && lineOf(at)));
  return failed.filter(({ at }) => !at || !lines.has(lineOf(at)));
}
const lineOf = ({ file, line }: Site): string => `${file}:${line}`;

const noteOf = (text: string, at: Note['at']): Note => ({ text, ...(at ? { at } : {}) });
