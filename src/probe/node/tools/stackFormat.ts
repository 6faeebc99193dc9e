// Who formats the stacks of errors.
import { getOwnPropertyDescriptor } from './builtins';

/** Node's own, unless another preload came before us. */
const prepareStackTrace = formatter();

/** The program formats the stacks of its errors itself: to read one for the first time runs its code. */
export const programFormatsStacks = (): boolean => formatter() !== prepareStackTrace;

function formatter(): unknown {
  const descriptor = getOwnPropertyDescriptor(Error, 'prepareStackTrace');
  return descriptor?.get ?? (descriptor?.value as unknown);
}
