// Looks that can wait until the code that runs now has returned, but no longer than until the thread posts or waits: whoever
// hears of it then may end it.
import { soon } from './soon';

const waiting: (() => void)[] = [];

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
