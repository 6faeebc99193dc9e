// What a function does when a thread runs it: whether it ever returns, what it waits for, and what it writes. Pure.
import type { Module } from './module';
import { assigned, contextsOf } from './definitions';
import {
  around,
  bare,
  bodyOf,
  calleeOf,
  childrenOf,
  isFunction,
  isLoop,
  isWithin,
  memberOf,
  nearest,
  ownNodes,
  ownOf,
  type Node,
} from './syntax';

/** A loop that nothing in it leaves, not even an exception that the function catches. */
export function endlessLoopOf(module: Module, fn: Node): Node | undefined {
  return module.remembered('endless', fn, () => ownOf(fn, 'WhileStatement').find((loop) => isEndless(module, loop)));
}

function isEndless(module: Module, loop: Node): boolean {
  const condition = loop.children[1];
  if (!condition || !/^(True|1)$/.test(module.textOf(bare(condition)))) return false;
  const leaves = ownNodes(loop).some((node) => {
    if (/^(ReturnStatement|RaiseStatement|YieldStatement|YieldExpression|AwaitExpression)$/.test(node.type))
      return true;
    if (node.type === 'BreakStatement') return loopAround(node) === loop;
    return node.type === 'CallExpression' && EXITS.test(module.qualified(calleeOf(node)) ?? '');
  });
  return !leaves && !isCaughtAround(loop);
}

export const EXITS = /^(sys\.exit|os\._exit|os\.abort|os\.exec\w+|exit|quit|_thread\.exit)$/;

const loopAround = (node: Node): Node | undefined => {
  for (const up of around(node)) {
    if (isLoop(up)) return up;
    if (isFunction(up)) return undefined;
  }
  return undefined;
};

/** A `try` around it, in the same function, that has handlers. */
function isCaughtAround(loop: Node): boolean {
  for (const up of around(loop)) {
    if (isFunction(up)) return false;
    if (up.type === 'TryStatement' && up.children.some(({ type }) => type === 'except')) return true;
  }
  return false;
}

export const ownCalls = (module: Module, fn: Node): Node[] =>
  module.remembered('calls', fn, () => ownOf(fn, 'CallExpression'));

/** `open(…)` for writing. */
export function opensToWrite(module: Module, call: Node): boolean {
  const name = module.qualified(calleeOf(call));
  if (name !== 'open' && name !== 'io.open' && name !== 'codecs.open') return false;
  const { positional, keywords } = module.argumentsOf(call);
  const mode = keywords.get('mode') ?? positional[1];
  // Without a buffer each write goes to the system at once.
  const buffering = keywords.get('buffering') ?? positional[2];
  return (
    mode !== undefined &&
    /^['"][rbt+]*[wax]/.test(module.textOf(mode)) &&
    (!buffering || module.textOf(buffering) !== '0')
  );
}

/**
 * `open(…)` of a file that a function holds open while it waits or for ever, and of which what it wrote may be in memory alone:
 * in a `with` block, or under a name that it never closes.
 */
export function heldFileOf(module: Module, fn: Node): Node | undefined {
  return module.remembered('held file', fn, () => {
    const entered = ownOf(fn, 'WithStatement').flatMap((block) =>
      contextsOf(block).map(({ value, name }) => ({ open: bare(value), name, block })),
    );
    const named = ownOf(fn, 'AssignStatement').flatMap((statement) =>
      assigned(statement).map(({ target, value }) => ({ open: value && bare(value), name: target, block: fn })),
    );
    return [...entered, ...named].find(
      ({ open, name, block }) =>
        open?.type === 'CallExpression' && opensToWrite(module, open) && name && losesOf(module, block, name),
    )?.open;
  });
}

function losesOf(module: Module, block: Node, name: Node): boolean {
  const file = module.scopes.of(name);
  const written = (file?.uses ?? []).filter((use) => writes(module, use) && isWithin(use, block));
  const flushed = (file?.uses ?? []).some(
    (use) =>
      memberOf(use.parent!)?.object === use &&
      /^(flush|fileno|reconfigure|close)$/.test(module.textOf(memberOf(use.parent!)!.name)),
  );
  if (written.length === 0 || flushed) return false;
  const body = bodyOf(block) ?? block;
  const endless = ownOf(body, 'WhileStatement').find((loop) => isEndless(module, loop));
  if (endless && written.some((use) => isWithin(use, endless))) return true;
  return ownOf(body, 'CallExpression').some((call) => call.start > written[0]!.start && blocks(module, call));
}

function writes(module: Module, use: Node): boolean {
  const member = use.parent && memberOf(use.parent);
  if (member?.object === use) return /^(write|writelines)$/.test(module.textOf(member.name));
  const call = nearest(use, 'CallExpression');
  if (!call || use.parent?.type !== 'ArgList') return false;
  const { keywords } = module.argumentsOf(call);
  return module.qualified(calleeOf(call)) === 'print'
    ? keywords.get('file') === use
    : /^(json|pickle)\.dump$/.test(module.qualified(calleeOf(call)) ?? '');
}

/** Sleeps, or waits without a time limit. */
export function blocks(module: Module, call: Node): boolean {
  if (module.isCallOf(call, 'time.sleep')) return true;
  const member = memberOf(calleeOf(call));
  const { positional, keywords } = module.argumentsOf(call);
  return (
    member !== undefined &&
    /^(wait|get|join)$/.test(module.textOf(member.name)) &&
    positional.length === 0 &&
    keywords.size === 0
  );
}

/** Calls of functions of the module in a function, with what they call, a few steps deep. */
export function reachedFrom(module: Module, fn: Node, depth = 3, found = new Set<Node>()): Set<Node> {
  if (found.has(fn)) return found;
  found.add(fn);
  if (depth > 0)
    for (const call of ownCalls(module, fn)) {
      const called = module.functionOf(calleeOf(call));
      if (called) reachedFrom(module, called, depth - 1, found);
    }
  return found;
}

/** Where a function is named. */
export function usesOf(module: Module, fn: Node): Node[] {
  const name = fn.children.find(({ type }) => type === 'VariableName');
  const binding = name && module.scopes.of(name);
  if (!binding) return [];
  const text = binding.name;
  if (binding.scope?.type !== 'ClassDefinition') return binding.uses;
  // Methods are found by their name: which object has it is not always known.
  return module.remembered('named', fn, () => module.scopes.contents.membersNamed(text));
}

/** What a `try` has in its `finally`. */
export const finallyOf = (statement: Node): Node | undefined => {
  const at = statement.children.findIndex(({ type }) => type === 'finally');
  return at < 0 ? undefined : statement.children[at + 1];
};

/** What a `try` tries; of one that is half typed, all of it. */
export const tryBodyOf = (statement: Node): Node => childrenOf(statement, 'Body')[0] ?? statement;
