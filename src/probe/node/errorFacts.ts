// What is told of an error that ended a thread, without calling any code of the program.
import { types } from 'util';
import { getOwnPropertyDescriptor, getPrototypeOf } from './builtins';
import { framesOfStack, programSite } from './callSite';
import type { Told } from './spool';

const LONGEST_STACK = 4000;
const { isNativeError, isProxy } = types;

export type ErrorFacts = Omit<Told<'thread-error'>, 'id'>;

/** Anything may be thrown; an object's own getters are not called. */
export function errorFacts(error: unknown): ErrorFacts {
  if (!isNativeError(error) || isProxy(error)) {
    const isObject = typeof error === 'object' || typeof error === 'function';
    return { name: 'thrown value', message: isObject && error !== null ? 'an object' : String(error) };
  }
  const message: unknown = getOwnPropertyDescriptor(error, 'message')?.value;
  const stack = typeof error.stack === 'string' ? error.stack.slice(0, LONGEST_STACK) : '';
  const site = programSite(framesOfStack(stack));
  return {
    name: nameOf(error),
    message: typeof message === 'string' ? message : '',
    ...(stack ? { stack } : {}),
    ...(site ? { at: site } : {}),
  };
}

function nameOf(error: object): string {
  for (let object: object | null = error; object; object = getPrototypeOf(object) as object | null) {
    const name: unknown = getOwnPropertyDescriptor(object, 'name')?.value;
    if (typeof name === 'string') return name;
  }
  return 'Error';
}
