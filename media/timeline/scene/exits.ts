// The line at which a process ends, over the rows of that process. Pure.
import { isKilled } from '../../../src/model/conclusions/cutOff';
import type { ProcessPicture } from '../../../src/protocol/picture';
import { SEVERITIES, type Severity } from '../../../src/protocol/rules';
import type { Run } from '../data/run';
import type { Row } from '../rows/rows';
import type { TimeScale } from '../time/scales';
import type { ExitLine } from './types';

export function exitLines(run: Run, rows: readonly Row[], rowHeight: number, x: TimeScale): ExitLine[] {
  const stretches = rowsOfProcesses(rows);
  return run.processes.flatMap((process) => {
    if (!process.exit) return [];
    const { first, after } = stretches.get(process.key) ?? { first: 0, after: 0 };
    const severity = severityOf(process, run);
    const line = {
      process,
      exit: process.exit,
      x: x(process.exit.t - run.origin),
      ...(severity ? { severity } : {}),
    };
    return [{ ...line, top: first * rowHeight, bottom: after * rowHeight }];
  });
}

const costs = new WeakMap<Run, Map<string, Severity | undefined>>();

/** Of those who ended with main, too. */
function severityOf({ key, exit }: ProcessPicture, run: Run): Severity | undefined {
  let known = costs.get(run);
  if (!known) costs.set(run, (known = new Map<string, Severity | undefined>()));
  if (!known.has(key)) {
    const killed = run.lanes.filter(({ process, ended }) => process.key === key && ended && isKilled(ended));
    known.set(key, gravest([exit?.severity, ...killed.map(({ ended }) => ended!.severity)]));
  }
  return known.get(key);
}

/** Where nobody knows of one, only what is known to be grave counts. */
const gravest = (all: readonly (Severity | undefined)[]): Severity | undefined =>
  SEVERITIES.find((severity) => all.includes(severity) && (severity !== 'info' || !all.includes(undefined)));

interface RowStretch {
  first: number;
  after: number;
}
type Stretches = Map<string, RowStretch>;
const stretchesOf = new WeakMap<readonly Row[], Stretches>();

/** The rows of a process stand together, but for the pinned ones. */
export function rowsOfProcesses(rows: readonly Row[]): Stretches {
  let found = stretchesOf.get(rows);
  if (found) return found;
  stretchesOf.set(rows, (found = new Map<string, RowStretch>()));
  rows.forEach((row, i) => {
    if (row.kind === 'thread' && row.isPinned) return;
    const { key } = row.process;
    const before = found.get(key);
    if (before) before.after = i + 1;
    else found.set(key, { first: i, after: i + 1 });
  });
  return found;
}
