// All rules, and what they find in one module. Pure.
import type { Check, Report, Source } from '../source/report';
import { threadChurn } from './churn';
import { cutOffWhileWriting, unrefUndone } from './daemons';
import { exitWithLiveWorkers, lostWithOwner, terminateAfterPost, unreadMessages } from './endings';
import { noLoader, unhandledWorkerError, unsettledPromise, workerFileNotFound } from './failing';
import { heldByPort, heldByWorker } from './holding';
import { mainBlocked, processOnlyApi, signalInWorker, unresponsiveWorker } from './insideWorkers';
import { messageBacklog, taskCutOff, transferredPooledBuffer, uncloneableValue, unnamedWorker } from './messages';
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
