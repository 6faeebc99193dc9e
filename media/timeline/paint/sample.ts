// One sign of the vocabulary by itself, painted as the lanes paint it: for the legend.
import { leastSeverity } from '../../../src/model/conclusions/cutOff';
import type { EndedBy, Ending } from '../../../src/protocol/picture';
import type { AsyncTaskEnding } from '../../../src/protocol/probeEvents';
import type { TrackState } from '../../../src/protocol/tracks';
import type { ArrowKind, BarStyle, MarkKind } from '../words/vocabulary';
import { paintBackground, paintState } from './activity';
import { paintArrow } from './arrows';
import { BAR_PX, paintBar } from './bars';
import { paintCap, paintMark } from './signs';
import type { Brush } from './surface';
import { paintTaskEnd, paintTaskLine } from './tasks';
import type { Palette } from './theme/palette';

export type Sample =
  | { kind: 'bar'; style: BarStyle }
  | { kind: 'mark'; mark: MarkKind }
  | { kind: 'state'; state: TrackState }
  | { kind: 'ending'; by: EndedBy }
  | { kind: 'arrow'; arrow: ArrowKind }
  | { kind: 'task'; end?: AsyncTaskEnding };

/** What such an ending costs where nothing more is known. */
function usual(by: EndedBy): Pick<Ending, 'by' | 'severity'> {
  const severity = leastSeverity({ by });
  return { by, ...(severity ? { severity } : {}) };
}

export const SAMPLE = { width: 24, height: 20 };
/** Of the sign at the end of a task, as far as it goes on. */
const TASK_END_PX = 12;

/** @param cost what such an ending cost, where that is known */
export function paintSample(brush: Brush, palette: Palette, sign: Sample, cost?: Ending['severity']): void {
  const { context } = brush;
  const middle = SAMPLE.height / 2;
  if (sign.kind === 'bar') {
    const starting = sign.style === 'starting';
    const style = sign.style === 'starting' ? 'keeps-alive' : sign.style;
    return paintBar(brush, palette, { style, starting, x: 2, width: SAMPLE.width - 4 }, { middle });
  }
  if (sign.kind === 'state') {
    const room = { top: middle - BAR_PX / 2, height: BAR_PX, color: palette.colors.keepsAlive };
    const bar = { style: 'keeps-alive' as const, starting: false, x: 2, width: SAMPLE.width - 4 };
    paintBackground(brush, bar, room);
    const part =
      sign.state === 'running' ? { ...room, top: room.top + room.height / 2, height: room.height / 2 } : room;
    return paintState(brush, palette, sign.state, { ...part, x: bar.x, width: bar.width });
  }
  if (sign.kind === 'arrow') {
    const ends = { x1: 2, x2: SAMPLE.width - 4, y1: middle, y2: middle };
    return paintArrow(brush, palette, { kind: sign.arrow, ...ends }, 1);
  }
  if (sign.kind === 'task') {
    const end = SAMPLE.width - (sign.end ? TASK_END_PX : 2);
    paintTaskLine(brush, palette, { x: 2, width: end - 2 }, middle);
    if (sign.end) paintTaskEnd(brush, palette, sign.end, { x: end, middle });
    return;
  }
  context.translate(SAMPLE.width / 2, middle);
  if (sign.kind === 'ending') {
    context.scale(0.85, 0.85);
    return paintCap(context, palette, cost ? { by: sign.by, severity: cost } : usual(sign.by));
  }
  context.translate(0, BAR_PX / 2 + 2);
  paintMark(context, palette, { kind: sign.mark, calls: 1 }, BAR_PX / 2);
}
