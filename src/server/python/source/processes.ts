// Processes that a function starts and waits for. Pure.
import { ownCalls } from './functions';
import type { Module } from './module';
import { contextsOf } from './definitions';
import { bare, ownOf, type Node } from './syntax';

const RUN = ['subprocess.run', 'subprocess.call', 'subprocess.check_call', 'subprocess.check_output'];

/** A call that waits for the process without a time limit, or a `with` block of one. */
export function heldProcessOf(module: Module, fn: Node): Node | undefined {
  const run = ownCalls(module, fn).find(
    (call) =>
      module.isCallOf(call, ...RUN) &&
      !module.argumentsOf(call).keywords.has('timeout') &&
      !module.argumentsOf(call).isOpen,
  );
  return (
    run ??
    ownOf(fn, 'WithStatement')
      .flatMap(contextsOf)
      .map(({ value }) => bare(value))
      .find((value) => module.isCallOf(value, 'subprocess.Popen'))
  );
}
