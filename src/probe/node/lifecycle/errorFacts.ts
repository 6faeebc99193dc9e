// What is told of an error that ended a thread, without calling any code of the program.
import type { types as Types } from 'util';
import { apply, getOwnPropertyDescriptor, getPrototypeOf, util } from '../tools/builtins';
import { framesOfStack, programSite, withOwnFormat } from '../tools/callSite';
import type { Told } from '../spool/spool';
import { clipped } from '../tools/text';

let types: typeof Types | undefined;
const isNativeError = (value: unknown): boolean => (types ??= util().types).isNativeError(value);
const isProxy = (value: unknown): boolean => (types ??= util().types).isProxy(value);
const errorPrototype = Error.prototype;

export type ErrorFacts = Omit<Told<'thread-error'>, 'id'>;

/** Anything may be thrown. With `stack` false its stack is left alone, and with it the place where it was thrown. */
export function errorFacts(error: unknown, withStack = true): ErrorFacts {
  if (!isError(error)) return thrownValue(error);
  const message: unknown = getOwnPropertyDescriptor(error, 'message')?.value;
  const stack = withStack ? stackOf(error) : '';
  const site = programSite(framesOfStack(stack));
  return {
    name: nameOf(error),
    message: typeof message === 'string' ? clipped(message) : '',
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

function nameOf(error: object): string {
  for (
    let object: object | null = error;
    object && !isProxy(object);
    object = getPrototypeOf(object) as object | null
  ) {
    const name: unknown = getOwnPropertyDescriptor(object, 'name')?.value;
    if (typeof name === 'string') return clipped(name);
  }
  return 'Error';
}
