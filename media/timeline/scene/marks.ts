// The ticks of a lane, one for each call or for several close together, and the cap at its end. Pure.
import { shown } from '../../../src/common/untrusted';
import { costOf } from '../../../src/model/conclusions/cutOff';
import type { Ending } from '../../../src/protocol/picture';
import type { Lane } from '../data/run';
import { ENDINGS, type MarkKind } from '../words/vocabulary';
import { OUTSIDE_PX } from './bars';
import { PX_PER_LETTER } from './geometry';
import type { Cap, Mark, SceneView } from './types';

const SAME_TICK_PX = 5;
const CAP_COVERS_PX = 8;
const NOTE_AWAY_PX = 13;
/** The dots after a lost contact stand there first. */
const NOTE_AWAY_FROM_DOTS_PX = 24;

export function marksOf({ thread, ended }: Lane, { x, width, origin }: SceneView): Mark[] {
  const calls = [
    ...thread.refs.slice(1).flatMap(({ t, value, at, by, run }) => {
      if (value === undefined) return [];
      const kind = value ? ('ref' as const) : ('unref' as const);
      return [{ kind, t, at, by, run: run && { ...run, x: Math.max(x(run.since - origin), -OUTSIDE_PX) } }];
    }),
    ...thread.terminateCalls.map(({ t, at, by }) => ({ kind: 'terminate-call' as const, t, at, by, run: undefined })),
    ...(thread.deeds ?? []).map(({ t, deed }) => ({
      kind: 'deed' as const,
      t,
      at: undefined,
      by: 'hand' as const,
      deed,
      run: undefined,
    })),
  ].sort((a, b) => a.t - b.t);
  // Its cap shows the call and leads to the same line.
  const isSaidByCap = ({ kind }: { kind: MarkKind }, at: number): boolean =>
    kind === 'terminate-call' && ended?.by === 'terminate' && x(ended.t - origin) - at < CAP_COVERS_PX;
  const found: Mark[] = [];
  for (const call of calls) {
    const at = x(call.t - origin);
    if (at < -OUTSIDE_PX || (call.run?.x ?? at) > width + OUTSIDE_PX || isSaidByCap(call, at)) continue;
    const before = found.at(-1);
    // The last of several is the one that holds from there on.
    const calls = call.run ? (call.run.count ?? 2) : 1;
    const mark = { ...call, at: call.at, x: at, calls };
    if (before && at - before.x < SAME_TICK_PX && !isLong(before) && !isLong(mark))
      Object.assign(before, call, { calls: before.calls + calls, run: undefined });
    else found.push(mark);
  }
  return found;
}

/** So that it is drawn as a run. */
export const isLong = ({ x, run }: Pick<Mark, 'x' | 'run'>): boolean => run !== undefined && x - run.x >= SAME_TICK_PX;

/** `width`: px that its note must end within. */
export function capOf(ended: Ending, x: number, width: number): Cap {
  const noteAway = ended.by === 'lost-contact' ? NOTE_AWAY_FROM_DOTS_PX : NOTE_AWAY_PX;
  const letters = x < 0 ? 0 : (width - x - noteAway) / PX_PER_LETTER;
  const note = [shown(ended.because), ENDINGS[ended.by].label].find((text) => text.length <= letters) ?? '';
  return { ...costOf(ended), x, note, noteAway };
}
