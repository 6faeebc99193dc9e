// Stacks in our own format, whatever the program has done to `Error`.
import { defineProperty, getOwnPropertyDescriptor } from './builtins';

/** While `body` runs, our own settings of `Error` stand in for the program's. Throws where they cannot. */
export function withOwnFormat<T>(
  format: (error: Error, sites: NodeJS.CallSite[]) => unknown,
  most: number,
  body: () => T,
): T {
  const prepare = getOwnPropertyDescriptor(Error, 'prepareStackTrace');
  const limit = getOwnPropertyDescriptor(Error, 'stackTraceLimit');
  if (!limit) throw new Error('the program wants no stacks');
  try {
    defineProperty(Error, 'prepareStackTrace', { value: format, configurable: true, writable: true });
    defineProperty(Error, 'stackTraceLimit', { ...limit, value: most });
    return body();
  } finally {
    defineProperty(Error, 'stackTraceLimit', limit);
    if (prepare) defineProperty(Error, 'prepareStackTrace', prepare);
    else delete (Error as { prepareStackTrace?: unknown }).prepareStackTrace;
  }
}
