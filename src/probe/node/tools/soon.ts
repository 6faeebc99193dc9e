// Later, without a timer or anything else that a program could count.
import { thenOfPromises, uncurried } from './builtins';

/** Not before the code that runs now has returned: by then Node has loaded what it is at. `next` must not throw. */
export const soon = (next: () => void): void => void then(resolved(), next);
const then = uncurried(thenOfPromises as (this: Promise<void>, next: () => void) => unknown);
const resolved: () => Promise<void> = Promise.resolve.bind(Promise);
