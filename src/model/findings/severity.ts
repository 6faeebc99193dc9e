// What the ending of a thread cost, on the one scale of findings, endings and runs: decided here, for every view. Pure.
import type { Ending } from '../../protocol/picture';
import { RULES, type Severity } from '../../protocol/rules';
import { leastSeverity } from '../conclusions/cutOff';
import { isLost } from '../conclusions/phrases/fates';
import { undoneByNobody } from '../conclusions/undone/told';
import { isTooling } from '../conclusions/origin/packages';
import { isMain, mainOf, type ProcessFacts } from '../facts/facts';
import { isLeftWaiting } from './cutOff/unsettledAwait';
import { isPassedOn } from './failure/unhandledWorkerError';
import { isOfStop, type Suspect } from './evidence';
import { verdictsOn } from './findings';
import type { RuledVerdict } from './verdict';

/** Its ending, with what that cost. */
export function judged(worker: Suspect): Ending | undefined {
  const { ended } = worker;
  const severity = ended && severityOf(worker, ended);
  return severity === undefined ? ended : { ...ended!, severity };
}

function severityOf(worker: Suspect, ended: Ending): Severity | undefined {
  const isHeard = isHeardByOwner(worker, ended);
  const least = isHeard ? 'warning' : leastSeverity(ended);
  if (least === undefined || least === 'error') return least;
  if (isOfPerson(worker) || isTooling(worker.thread)) return 'info';
  return losesWork(worker) ? 'error' : least;
}

/** Its error went no further than to a listener of its owner. */
export const isHeardByOwner = ({ process, thread, owner }: Suspect, { by }: Ending): boolean =>
  by === 'error' && thread.errorHeard === true && owner !== undefined && !isPassedOn(process, thread, owner);

/** By the debugger's Stop, or by a hand of ours. */
const isOfPerson = (worker: Suspect): boolean =>
  isOfStop(worker) || (worker.ended?.by === 'terminate' && worker.thread.terminateCalls.at(0)?.hand !== undefined);

function losesWork(worker: Suspect): boolean {
  if (worker.unfinished.some(isLost) || isLeftWaiting(worker)) return true;
  return isMain(worker.thread) ? mainLoses(worker.process) : verdictsOn([worker]).some(isGravest);
}

const isGravest = ({ rule, severity = RULES[rule].severity }: RuledVerdict): boolean => severity === 'error';

/** Output that nobody took, and what no other thread is known to have left undone. */
const mainLoses = (process: ProcessFacts): boolean =>
  Boolean(mainOf(process)?.exited?.unsent) || undoneByNobody(process).some(isLost);
