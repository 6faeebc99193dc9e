// What each row was at the moment of the cursor, in a word or two. Pure.
import { decimal, t } from '../../../src/common/l10n';
import { doingAt } from '../scene/activity';
import { isLane, isPool, type SceneRow } from '../scene/types';
import { percent } from '../words/text';
import { STATES } from '../words/vocabulary';

/** Empty of a row whose threads did not live then. `x`: px from the left edge of the time area. */
export function wordsAt(row: SceneRow, x: number): string {
  if (isPool(row)) {
    const [live, busy] = [row.live[Math.floor(x)] ?? 0, row.busy?.[Math.floor(x)]];
    if (live === 0) return '';
    return busy === undefined ? t('{0} live', live) : t('{0} live, {1} busy', live, decimal(busy, 1));
  }
  if (!isLane(row)) return '';
  const bar = row.bars.find(({ x: left, width }) => x >= left && x <= left + width);
  if (!bar) return '';
  if (bar.starting) return STATES.starting.label;
  const doing = row.activity && doingAt(row.activity, x);
  if (!doing || doing.state === 'none') return STATES.alive.label;
  return doing.state === 'running' ? percent(doing.busy) : STATES[doing.state].label;
}
