// All rules, and what they find in one module. Pure.
import { findingsOf } from '../../findings';
import type { Check, Finding, RuleContext } from './check';
import { abruptExit } from './cutOff/abruptExit';
import { cutOffWhileWriting } from './cutOff/cutOffWhileWriting';
import { fileLeftBehind } from './cutOff/fileLeftBehind';
import { inheritedDaemon } from './cutOff/inheritedDaemon';
import { joinTimedOut } from './cutOff/joinTimedOut';
import { queueListenerNotStopped } from './cutOff/queueListenerNotStopped';
import { unclosedFile } from './cutOff/unclosedFile';
import { daemonSetTooLate } from './failure/daemonSetTooLate';
import { exitInThread } from './failure/exitInThread';
import { futureNeverRead } from './failure/futureNeverRead';
import { ranInCaller } from './failure/ranInCaller';
import { shadowedAttribute } from './failure/shadowedAttribute';
import { startedTooLate } from './failure/startedTooLate';
import { threadFailed } from './failure/threadFailed';
import { busyWait } from './load/busyWait';
import { cpuBoundThreads } from './load/cpuBoundThreads';
import { threadChurn } from './load/threadChurn';
import { deadlock } from './neverExits/deadlock';
import { heldByThread } from './neverExits/heldByThread';
import { processLeftBehind } from './neverExits/processLeftBehind';
import { queueNeverDone } from './neverExits/queueNeverDone';
import { timerRearmed } from './neverExits/timerRearmed';

export const CHECKS: readonly Check[] = [
  cutOffWhileWriting,
  inheritedDaemon,
  joinTimedOut,
  abruptExit,
  unclosedFile,
  queueListenerNotStopped,
  fileLeftBehind,
  daemonSetTooLate,
  shadowedAttribute,
  exitInThread,
  startedTooLate,
  futureNeverRead,
  threadFailed,
  ranInCaller,
  heldByThread,
  queueNeverDone,
  timerRearmed,
  deadlock,
  processLeftBehind,
  busyWait,
  threadChurn,
  cpuBoundThreads,
];

export const check = (context: RuleContext): Finding[] => findingsOf(CHECKS, context);
