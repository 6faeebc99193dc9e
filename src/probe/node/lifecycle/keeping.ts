// Keeps in mind what the program has made that may keep the process alive later, with the line that made it.
import { targetOf, weakly } from '../tools/builtins';
import { binding } from '../tools/bindings';
import { ownSite, ownSiteIn } from '../tools/callers';
import { beforeLookup } from '../tools/replace';
import type { Early, Kept, Made } from '../given';

/** Those of each kind that are kept in mind. */
const MOST = 64;

export function keep(list: Kept[], object: unknown): void {
  if (typeof object === 'object' && object !== null) add(list, { get: weakly(object), at: ownSite() });
}

/** What was made before there was more than the first file. */
export const keepEarly = ({ kept, reference, frames }: Early): void =>
  add(kept, { get: () => reference && targetOf(reference), at: ownSiteIn(frames) });

function add(list: Kept[], one: Kept): void {
  if (list.length === MOST) for (let i = 1; i < MOST; i++) list[i - 1] = list[i]!;
  list[list.length < MOST ? list.length : MOST - 1] = one;
}

/** What Node calls when one begins to watch: the program's call is on the stack. @param keepOne as `keep`; must not throw */
export function hearWatchers(made: Made, keepOne: typeof keep): void {
  const classes = [binding('fs_event_wrap')?.['FSEvent'], binding('fs')?.['StatWatcher']];
  for (let i = 0; i < classes.length; i++) {
    const prototype: unknown = typeof classes[i] === 'function' && (classes[i] as { prototype: object }).prototype;
    if (!prototype) continue;
    beforeLookup(prototype, 'start', (handle) => {
      if (handle !== prototype && made.othersLeft-- > 0) keepOne(made.watchers, handle);
    });
  }
}
