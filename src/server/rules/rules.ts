// All rules, and what they find in one module. Pure.
import type { Check, Finding, RuleContext } from './check';
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

/** Sorted by position; a rule has at most one finding at a position. */
export function check(context: RuleContext): Finding[] {
  const suppressions = suppressionsIn(context.module.tree);
  const findings = new Map<string, Finding>();
  for (const one of CHECKS) {
    for (const found of one(context)) {
      const key = `${found.rule} ${found.span.start}`;
      if (!findings.has(key) && !isSuppressed(suppressions, context.module.tree, found)) findings.set(key, found);
    }
  }
  return [...findings.values()].sort((a, b) => a.span.start - b.span.start || a.rule.localeCompare(b.rule));
}
