// What main has written to its standard output and error, and nobody has taken yet: with the process it is lost. Node has
// written to files and terminals when write() returns, and to pipes only as far as there is room in them.
import { apply, arrayIncludes } from '../tools/builtins';
import { valueAt, valueOfSymbol } from '../tools/internals';

interface Request {
  handle?: { fd?: unknown };
}
const { _getActiveRequests: activeRequests } = process as unknown as { _getActiveRequests?: () => Request[] };

/** In bytes, and no less than what is lost. To ask `process.stdout` itself would make it, where the program has not. */
export function unsentBytes(): number {
  const requests = activeRequests ? apply(activeRequests, process, []) : [];
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
