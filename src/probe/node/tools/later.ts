// Looks that can wait until the code that runs now has returned, but no longer than until the thread posts or waits: whoever
// hears of it then may end it.
import { apply } from './builtins';
import { raw, waiting } from './handed';

/**
 * Later, without a timer or anything else that a program could count; not before the code that runs now has returned: by then
 * Node has loaded what it is at. `next` must not throw.
 */
export const soon = (next: () => void): void => void apply(raw.then, apply(raw.resolve, raw.OwnPromise, []), [next]);

/** @param look must not throw; is called once */
export function lookLater(look: () => void): void {
  waiting[waiting.length] = look;
  if (waiting.length === 1) soon(lookNow);
}

export function lookNow(): void {
  if (waiting.length === 0) return;
  for (let i = 0; i < waiting.length; i++) waiting[i]!();
  waiting.length = 0;
}
