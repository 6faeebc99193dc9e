// All rules, and what they find in one module. Pure.
import { findingsOf } from '../../findings';
import type { Check, Finding, RuleContext } from './check';
import { cutOffWhileWriting } from './cutOff/cutOffWhileWriting';
import { exitWithLiveWorkers } from './cutOff/exitWithLiveWorkers';
import { lostWithOwner } from './cutOff/lostWithOwner';
import { signalInWorker } from './cutOff/signalInWorker';
import { taskCutOff } from './cutOff/taskCutOff';
import { terminateAfterPost } from './cutOff/terminateAfterPost';
import { unansweredRequest } from './cutOff/unansweredRequest';
import { unreadMessages } from './cutOff/unreadMessages';
import { noLoader } from './failure/noLoader';
import { processOnlyApi } from './failure/processOnlyApi';
import { transferredPooledBuffer } from './failure/transferredPooledBuffer';
import { uncloneableValue } from './failure/uncloneableValue';
import { unhandledWorkerError } from './failure/unhandledWorkerError';
import { workerFileNotFound } from './failure/workerFileNotFound';
import { messageBacklog } from './load/messageBacklog';
import { threadChurn } from './load/threadChurn';
import { unnamedWorker } from './load/unnamedWorker';
import { unresponsiveWorker } from './load/unresponsiveWorker';
import { heldByPort } from './neverExits/heldByPort';
import { heldByWorker } from './neverExits/heldByWorker';
import { mainBlocked } from './neverExits/mainBlocked';
import { unrefUndone } from './neverExits/unrefUndone';
import { unsettledPromise } from './neverExits/unsettledPromise';

const CHECKS: Check[] = [
  cutOffWhileWriting,
  unrefUndone,
  terminateAfterPost,
  unansweredRequest,
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

export const check = (context: RuleContext): Finding[] => findingsOf(CHECKS, context);
