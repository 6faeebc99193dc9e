// What main has written to its standard output and error, and nobody has taken yet: with the process it is lost. Node has
// written to files and terminals when write() returns, and to pipes only as far as there is room in them.
import { apply, getOwnPropertyDescriptor, ownKeys } from '../tools/builtins';

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
    if (typeof handle !== 'object' || (handle.fd !== 1 && handle.fd !== 2) || isIn(seen, handle)) continue;
    seen[seen.length] = handle;
    bytes += waitingIn(streamOf(handle));
  }
  return bytes;
}

function isIn(all: object[], one: object): boolean {
  for (let i = 0; i < all.length; i++) if (all[i] === one) return true;
  return false;
}

/** The stream that has a handle of Node's. */
function streamOf(handle: object): unknown {
  const keys = ownKeys(handle);
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i]!;
    if (typeof key === 'symbol' && key.description === 'owner_symbol') return valueOf(handle, key);
  }
  return undefined;
}

function waitingIn(stream: unknown): number {
  const length = valueOf(valueOf(stream, '_writableState'), 'length');
  return typeof length === 'number' && length > 0 ? length : 0;
}

/** No code of the program's runs. */
const valueOf = (object: unknown, key: PropertyKey): unknown =>
  typeof object === 'object' && object !== null ? getOwnPropertyDescriptor(object, key)?.value : undefined;
