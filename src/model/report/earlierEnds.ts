// How threads ended of which only sums are kept. Pure.
import type { EndedBy, Snapshot } from '../../protocol/picture';

/** How many ended in such a way. */
export function earlierEnds({ earlier = [] }: Pick<Snapshot, 'earlier'>, is: (by: EndedBy) => boolean): number {
  const ends = earlier.flatMap(({ endings }) => Object.entries(endings) as [EndedBy, number][]);
  return ends.reduce((sum, [by, count]) => sum + (is(by) ? count : 0), 0);
}
