// The row of threads that the program does not see: the life of their process, and when those of the pool were at work. Pure.
import type { HiddenRow } from '../rows/rows';
import type { SceneHidden, SceneView } from './types';

const NARROWEST_PX = 1;

export function hiddenOf(
  { process, hidden }: HiddenRow,
  { x, width, origin, now }: SceneView,
): Pick<SceneHidden, 'x' | 'width' | 'busy'> {
  const at = (t: number): number => x(t - origin);
  const [start, end] = [at(process.startedAt), at(process.over ? Math.max(process.exit?.t ?? 0, hidden.t) : now)];
  const inView = hidden.busy.filter(({ from, to }) => at(to) > 0 && at(from) < width);
  return {
    x: start,
    width: end - start,
    busy: inView.map(({ from, to, busy }) => {
      const left = Math.max(at(from), 0);
      const share = Math.min(busy / Math.max(hidden.pool, 1), 1);
      return { x: left, width: Math.max(Math.min(at(to), width) - left, NARROWEST_PX), share };
    }),
  };
}
