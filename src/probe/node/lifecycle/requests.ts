// What a thread has asked the system for that is not done when the thread ends: with it, it may be lost.
import { apply, arrayIncludes, getActiveRequests } from '../tools/builtins';
import { valueAt, valueOfSymbol } from '../tools/internals';
import { sourceOf, startsWith } from '../tools/text';

interface Request {
  handle?: { fd?: unknown };
}
const pending = (): Request[] => (getActiveRequests ? apply(getActiveRequests, process, []) : []);

/**
 * What main has written to its standard output and error, and nobody has taken yet, in bytes, and no less than what is lost.
 * Node has written to files and terminals when write() returns, and to pipes only as far as there is room in them. To ask
 * `process.stdout` itself would make it, where the program has not.
 */
export function unsentBytes(): number {
  const requests = pending();
  const seen: object[] = [];
  let bytes = 0;
  for (let i = 0; i < requests.length; i++) {
    const { handle } = requests[i]!;
    if (typeof handle !== 'object' || (handle.fd !== 1 && handle.fd !== 2) || arrayIncludes(seen, handle)) continue;
    seen[seen.length] = handle;
    bytes += waitingIn(handle);
  }
  return bytes;
}

/** The stream that has a handle of Node's keeps so much for it. */
function waitingIn(handle: object): number {
  const length = valueAt(valueAt(valueOfSymbol(handle, 'owner_symbol'), '_writableState'), 'length');
  return typeof length === 'number' && length > 0 ? length : 0;
}

/** How many writes to files Node has begun and not heard the end of. */
export function writesUnderWay(): number {
  const requests = pending();
  let writes = 0;
  for (let i = 0; i < requests.length; i++) {
    // Where what threads do is heard, it stands under a symbol (writes.ts).
    const done = valueAt(requests[i], 'oncomplete') ?? valueOfSymbol(requests[i]!, 'oncomplete');
    if (typeof done === 'function' && startsWith(sourceOf(done), NODES_OWN_AFTER_WRITE)) writes++;
  }
  return writes;
}
/** So begins what `fs.write()` and all that is built on it have called, on Node 20 to 26. */
const NODES_OWN_AFTER_WRITE = 'function wrapper(err, written)';
