// How long messages were under way. Pure.
import type { Traffic } from '../../../protocol/picture';

export type Queue = NonNullable<Traffic['queue']>;

export function queuesTogether(a: Queue, b: Queue): Queue {
  const count = a.count + b.count;
  return { count, mean: (a.mean * a.count + b.mean * b.count) / count, longest: Math.max(a.longest, b.longest) };
}
