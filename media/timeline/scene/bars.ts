// The bars of a lane: one for each stretch in which it neither began to run nor flipped. Pure.
import type { Flip } from '../../../src/protocol/picture';
import type { Lane } from '../data/run';
import type { Bar, SceneView } from './types';

/** Bars stop this far outside of the window, so that their rounded ends are not seen. */
export const OUTSIDE_PX = 20;
const SHORTEST_BAR_PX = 2;

/** One bar for each stretch in which it neither began to run nor flipped. */
export function barsOf(lane: Lane, { x, width, origin, now }: SceneView): Bar[] {
  const found: Bar[] = [];
  for (const { from, to, style, starting } of stretches(lane, lane.ended?.t ?? now)) {
    const left = Math.max(x(from - origin), -OUTSIDE_PX);
    const right = Math.min(x(to - origin), width + OUTSIDE_PX);
    if (right < left) continue;
    addBar(found, { style, starting, x: left, width: right - left });
  }
  return found;
}

interface Stretch {
  from: number;
  to: number;
  style: Bar['style'];
  starting: boolean;
}

function stretches({ thread }: Lane, end: number): Stretch[] {
  const online = Math.min(thread.onlineAt ?? Infinity, end);
  const [first, ...flips] = thread.keepsAlive;
  const steps = [{ t: thread.startedAt, style: styleOf(first?.value) }, ...flips.flatMap(stepsOf)];
  return steps.flatMap(({ t, style }, i) => {
    const [from, to] = [t, Math.min(steps[i + 1]?.t ?? end, end)];
    if (from > to || (from === to && steps.length > 1)) return [];
    if (online <= from || online >= to) return [{ from, to, style, starting: from < online }];
    return [
      { from, to: online, style, starting: true },
      { from: online, to, style, starting: false },
    ];
  });
}

function stepsOf({ t, value, run }: Flip): { t: number; style: Bar['style'] }[] {
  return [...(run ? [{ t: run.since, style: 'by-turns' as const }] : []), { t, style: styleOf(value) }];
}

const styleOf = (keeps: boolean | undefined): Bar['style'] =>
  keeps === undefined ? 'unknown' : keeps ? 'keeps-alive' : 'daemon';

/** A stretch under a pixel goes into the one before it: the ticks still show each flip. */
function addBar(bars: Bar[], bar: Bar): void {
  const before = bars.at(-1);
  const same = before && before.style === bar.style && before.starting === bar.starting;
  if (before && (same || bar.width < 1)) before.width = Math.max(before.width, bar.x + bar.width - before.x);
  else bars.push({ ...bar, width: before ? bar.width : Math.max(bar.width, SHORTEST_BAR_PX) });
}
