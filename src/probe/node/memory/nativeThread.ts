// Threads as the system knows them. Linux alone lets a thread find its own number, and others whether it sleeps.
import { readFileSync, readlinkSync } from '../tools/builtins';
import { matchOf } from '../tools/text';

/** Number of this thread; 0: not known. */
export function nativeThread(): number {
  if (process.platform !== 'linux') return 0;
  try {
    return Number(matchOf(/\d+$/, readlinkSync('/proc/thread-self'))?.[0] ?? 0);
  } catch {
    return 0; // no /proc, or the program may not read there
  }
}

/** Whether the system has nothing to run of it at this moment; false where that is not known. */
export function sleepsNow(native: number): boolean {
  if (native === 0) return false;
  try {
    return matchOf(/\) [SD] [^)]*$/, readFileSync(`/proc/self/task/${native}/stat`, 'latin1')) !== null;
  } catch {
    return false; // it is gone
  }
}
