// Who formats the stacks of errors.
import { raw } from './handed';
import { getOwnPropertyDescriptor } from './builtins';

/** The program formats the stacks of its errors itself: to read one for the first time runs its code. */
export const programFormatsStacks = (): boolean =>
  formatIn(getOwnPropertyDescriptor(Error, 'prepareStackTrace')) !== formatIn(raw.prepareStackTrace);

const formatIn = (descriptor: PropertyDescriptor | undefined): unknown =>
  descriptor?.get ?? (descriptor?.value as unknown);
