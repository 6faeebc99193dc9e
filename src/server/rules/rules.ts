// All rules, and what they find in one module. Pure.
import type { Check, Report, Source } from '../source/report';
import { cutOffWhileWriting } from './cutOff/cutOffWhileWriting';
import { taskCutOff } from './cutOff/taskCutOff';
import { unreadMessages } from './cutOff/unreadMessages';
import { terminateAfterPost } from './cutOff/terminateAfterPost';
import { exitWithLiveWorkers } from './cutOff/exitWithLiveWorkers';
import { lostWithOwner } from './cutOff/lostWithOwner';
import { signalInWorker } from './cutOff/signalInWorker';
import { heldByWorker } from './neverExits/heldByWorker';
import { heldByPort } from './neverExits/heldByPort';
import { unrefUndone } from './neverExits/unrefUndone';
import { unsettledPromise } from './neverExits/unsettledPromise';
import { mainBlocked } from './neverExits/mainBlocked';
import { unhandledWorkerError } from './failure/unhandledWorkerError';
import { workerFileNotFound } from './failure/workerFileNotFound';
import { noLoader } from './failure/noLoader';
import { processOnlyApi } from './failure/processOnlyApi';
import { uncloneableValue } from './failure/uncloneableValue';
import { transferredPooledBuffer } from './failure/transferredPooledBuffer';
import { unresponsiveWorker } from './load/unresponsiveWorker';
import { threadChurn } from './load/threadChurn';
import { messageBacklog } from './load/messageBacklog';
import { unnamedWorker } from './load/unnamedWorker';
import { isSuppressed, suppressionsIn } from './suppression';

const CHECKS: Check[] = [
  cutOffWhileWriting,
  unrefUndone,
  terminateAfterPost,
  unreadMessages,
  exitWithLiveWorkers,
  lostWithOwner,
  heldByWorker,
  heldByPort,
  unhandledWorkerError,
  workerFileNotFound,
  noLoader,
  unsettledPromise,
  processOnlyApi,
  signalInWorker,
  unresponsiveWorker,
  mainBlocked,
  uncloneableValue,
  transferredPooledBuffer,
  messageBacklog,
  taskCutOff,
  threadChurn,
  unnamedWorker,
];

/** In the order of the text; one rule says no more than one thing of a place. */
export function check(source: Source): Report[] {
  const suppressions = suppressionsIn(source.module.tree);
  const reports = new Map<string, Report>();
  for (const one of CHECKS) {
    for (const found of one(source)) {
      const key = `${found.rule} ${found.at.start}`;
      if (!reports.has(key) && !isSuppressed(suppressions, source.module.tree, found)) reports.set(key, found);
    }
  }
  return [...reports.values()].sort((a, b) => a.at.start - b.at.start || a.rule.localeCompare(b.rule));
}
