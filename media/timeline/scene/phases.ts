// What a process waited for once main's code was over, as bands over its rows. Pure.
import type { Run } from '../data/run';
import type { Row } from '../rows/rows';
import type { TimeScale } from '../time/scales';
import { rowsOfProcesses } from './exits';
import type { PhaseBand } from './types';

/** @param now µs on the adapter's clock; @param width px of the time area */
export function phaseBands(
  run: Run,
  rows: readonly Row[],
  rowHeight: number,
  { x, now, width }: { x: TimeScale; now: number; width: number },
): PhaseBand[] {
  if (run.processes.every(({ afterMain }) => afterMain === undefined)) return NONE;
  const stretches = rowsOfProcesses(rows);
  return run.processes.flatMap((process) => {
    const { first, after } = stretches.get(process.key) ?? { first: 0, after: 0 };
    return (process.afterMain ?? []).flatMap((phase): PhaseBand[] => {
      const left = Math.max(x(phase.from - run.origin), 0);
      const right = Math.min(x((phase.to ?? process.exit?.t ?? now) - run.origin), width);
      if (right <= left) return [];
      return [{ process, phase, x: left, width: right - left, top: first * rowHeight, bottom: after * rowHeight }];
    });
  });
}

const NONE: PhaseBand[] = [];
