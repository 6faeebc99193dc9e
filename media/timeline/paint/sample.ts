// One sign of the vocabulary by itself, painted as the lanes paint it: for the legend.
import type { EndedBy } from '../../../src/protocol/picture';
import { ENDINGS, type BarStyle, type MarkKind } from '../vocabulary';
import { BAR_PX, paintBar } from './bars';
import type { Palette } from './palette';
import { paintCap, paintMark } from './signs';
import type { Brush } from './surface';

export type Sign =
  { kind: 'bar'; style: BarStyle } | { kind: 'mark'; mark: MarkKind } | { kind: 'ending'; by: EndedBy };

export const SAMPLE = { width: 24, height: 20 };

export function paintSample(brush: Brush, palette: Palette, sign: Sign): void {
  const { context } = brush;
  const middle = SAMPLE.height / 2;
  if (sign.kind === 'bar') {
    const starting = sign.style === 'starting';
    const style = sign.style === 'starting' ? 'keeps-alive' : sign.style;
    return paintBar(brush, palette, { style, starting, x: 2, width: SAMPLE.width - 4 }, middle);
  }
  context.translate(SAMPLE.width / 2, middle);
  if (sign.kind === 'ending') {
    context.scale(0.85, 0.85);
    return paintCap(context, palette, ENDINGS[sign.by]);
  }
  context.translate(0, BAR_PX / 2 + 2);
  paintMark(context, palette, { kind: sign.mark, calls: 1 }, BAR_PX / 2);
}
