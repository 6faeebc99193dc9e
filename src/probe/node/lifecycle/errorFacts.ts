// What is told of an error that ended a thread, without calling any code of the program.
import type { types as Types } from 'util';
import { apply, errorPrototype, getOwnPropertyDescriptor, getPrototypeOf, util } from '../tools/builtins';
import { withOwnFormat } from '../tools/ownFormat';
import { framesOfStack, programSite } from '../tools/callSite';
import type { Told } from '../given';
import { clipped, matchOf } from '../tools/text';

let types: typeof Types | undefined;
const isNativeError = (value: unknown): boolean => (types ??= util().types).isNativeError(value);
const isProxy = (value: unknown): boolean => (types ??= util().types).isProxy(value);

export type ErrorFacts = Omit<Told<'thread-error'>, 'id'>;

/** Anything may be thrown. With `stack` false its stack is left alone, and with it the place where it was thrown. */
export function errorFacts(error: unknown, withStack = true): ErrorFacts {
  if (!isError(error)) return thrownValue(error);
  const stack = withStack ? stackOf(error) : '';
  const site = programSite(framesOfStack(stack));
  const name = textOf(error, 'name');
  const message = textOf(error, 'message');
  const head = name === undefined || message === undefined ? headOf(stack) : undefined;
  return {
    name: name ?? head?.name ?? 'Error',
    message: message ?? head?.message ?? '',
    ...(stack ? { stack } : {}),
    ...(site ? { at: site } : {}),
  };
}

/** A worker's error as its owner gets it is none of the engine's: Node makes an object with the same prototype. */
function isError(value: unknown): value is Error {
  if (isProxy(value)) return false;
  if (isNativeError(value)) return true;
  let object = typeof value === 'object' ? value : null;
  while (object && object !== errorPrototype && !isProxy(object)) object = getPrototypeOf(object) as object | null;
  return object === errorPrototype;
}

function thrownValue(value: unknown): ErrorFacts {
  const isObject = (typeof value === 'object' && value !== null) || typeof value === 'function';
  return { name: 'thrown value', message: isObject ? 'an object' : clipped(String(value)) };
}

/** Empty as well when the program's own formatter throws: Node takes that as an error without a stack. */
function stackOf(error: Error): string {
  try {
    const descriptor = getOwnPropertyDescriptor(error, 'stack');
    const stack: unknown = descriptor?.get ? engineStack(error, descriptor.get) : descriptor?.value;
    return typeof stack === 'string' ? clipped(stack) : '';
  } catch {
    return '';
  }
}

/** On newer Nodes `stack` is an accessor of the engine's; any other is the program's. */
function engineStack(error: Error, get: () => unknown): unknown {
  const engines = withOwnFormat(String, 1, () => getOwnPropertyDescriptor(new Error(), 'stack')?.get);
  return get === engines ? apply(get, error, []) : undefined;
}

/** Undefined as well where a getter would have to be called, such as those of a DOMException. */
function textOf(error: object, key: 'name' | 'message'): string | undefined {
  for (
    let object: object | null = error;
    object && !isProxy(object);
    object = getPrototypeOf(object) as object | null
  ) {
    const descriptor = getOwnPropertyDescriptor(object, key);
    if (descriptor?.get) return undefined;
    if (typeof descriptor?.value === 'string') return clipped(descriptor.value);
  }
  return undefined;
}

/** What the engine wrote above the frames when the error was made. */
function headOf(stack: string): { name: string; message: string } | undefined {
  const match = matchOf(/^([^\s:]+)(?:: ([^]*?))?(?:\n +at [^]*)?$/, stack);
  return match ? { name: match[1]!, message: match[2] ?? '' } : undefined;
}
