// What a script does when a worker runs it. Pure.
import ts from 'typescript';
import { endsByItself } from './endsByItself';
import { isOfPool } from '../libraries';
import { isEndless, letsTurn } from './loops';
import type { Module } from '../module';
import { isOnPort, isPort } from './port';
import { repliesToEach } from './replies';
import { sideOf } from '../side';
import { eachNode, functionOf, someOwn } from '../syntax';

export interface WorkerCode {
  /** Calls that write to files outside of message handlers, and inside of them. */
  ownWrites: ts.CallExpression[];
  askedWrites: ts.CallExpression[];
  /** It posts to its owner. */
  answers: boolean;
  /** It posts to its owner once for each message, and never else. */
  repliesToEach: boolean;
  /** It has work other than its messages: timers, servers or endless loops. */
  ownWork: boolean;
  /** A loop in it never ends and never waits. */
  endless: boolean;
  /** It listens to its owner and never stops listening. */
  listensForever: boolean;
  /** As far as is known, false: whatever others do. */
  endsByItself: () => boolean;
  /** Errors that it throws and does not catch. */
  throws: ts.ThrowStatement[];
}

const WRITES = /^(promises\.)?(write|writeFile|appendFile|writev|createWriteStream)(Sync)?$/;
const TIMERS = /^(setInterval|setTimeout)$/;

export function workerCodeOf(module: Module): WorkerCode {
  const code: WorkerCode = {
    ownWrites: [],
    askedWrites: [],
    answers: false,
    repliesToEach: repliesToEach(module),
    ownWork: false,
    endless: false,
    listensForever: false,
    endsByItself: () => endsByItself(module),
    throws: [],
  };
  let [listens, ends] = [false, false];
  const isRun = (node: ts.Node): boolean => sideOf(module, node) !== 'main';
  for (const call of module.calls) {
    if (!isRun(call)) continue;
    if (isWrite(module, call)) (inMessageHandler(module, call) ? code.askedWrites : code.ownWrites).push(call);
    if (isOnPort(module, call, /^postMessage$/)) code.answers = true;
    if (isOnPort(module, call, /^(on|addListener|addEventListener)$/)) listens = true;
    if (isOnPort(module, call, /^(close|unref|off|removeAllListeners|removeListener)$/)) ends = true;
    if (module.isProcess(call.expression, 'exit')) ends = true;
    code.ownWork ||= isOwnWork(module, call);
  }
  code.throws = module.throws.filter((node) => isRun(node) && !isCaught(node));
  code.endless = module.loops.some((loop) => isEndless(loop) && isRun(loop) && !letsTurn(module, loop));
  code.ownWork ||= code.endless;
  code.listensForever = (listens || setsOnMessage(module)) && !ends;
  return code;
}

/** `parentPort.onmessage = …` */
function setsOnMessage(module: Module): boolean {
  if (!module.tree.text.includes('onmessage')) return false;
  let found = false;
  eachNode(module.tree, (node) => {
    found ||=
      ts.isPropertyAccessExpression(node) &&
      node.name.text === 'onmessage' &&
      isPort(module, node.expression) &&
      sideOf(module, node) !== 'main';
  });
  return found;
}

/** It uses `parentPort` or `workerData`, or registers tasks for a pool, and does not check whether it runs in main. */
export function looksLikeWorker(module: Module): boolean {
  const used = module.words.filter(isUsed);
  if (used.some(({ text }) => text === 'isMainThread')) return false;
  return (
    used.some(
      (node) => /^(parentPort|workerData)$/.test(node.text) && module.importOf(node)?.module === 'worker_threads',
    ) || isOfPool(module)
  );
}

/** It checks whether it is the program itself, so any code in it may be for that case only. */
export const mayBeProgram = ({ tree: { text } }: Module): boolean =>
  /\brequire\.main\b|\bimport\.meta\.main\b|\bprocess\.argv\[1\]/.test(text);

/** Not only imported. */
const isUsed = ({ parent }: ts.Identifier): boolean => !ts.isBindingElement(parent) && !ts.isImportSpecifier(parent);

/** Also a write to a stream that was opened for it. */
function isWrite(module: Module, call: ts.CallExpression): boolean {
  const called = module.importOf(call.expression);
  if (called && /^(fs|fs\/promises)$/.test(called.module) && WRITES.test(called.name)) {
    return !called.name.endsWith('createWriteStream') || !isNamed(call);
  }
  if (!ts.isPropertyAccessExpression(call.expression) || call.expression.name.text !== 'write') return false;
  const stream = module.literalOf(call.expression.expression);
  return ts.isCallExpression(stream) && module.isImport(stream.expression, 'fs', 'createWriteStream');
}

/** The stream has a name, so the writes to it count instead. */
const isNamed = (call: ts.CallExpression): boolean => ts.isVariableDeclaration(call.parent);

/** It runs when a message arrives: it is inside a listener of the port. */
export function inMessageHandler(module: Module, node: ts.Node): boolean {
  for (let fn = functionOf(node); !ts.isSourceFile(fn); fn = functionOf(fn)) {
    const { parent } = fn;
    if (ts.isCallExpression(parent) && isOnPort(module, parent, /^(on|once|addListener|addEventListener)$/))
      return true;
    if (
      ts.isBinaryExpression(parent) &&
      ts.isPropertyAccessExpression(parent.left) &&
      isPort(module, parent.left.expression)
    )
      return true;
    const name = ts.isFunctionDeclaration(fn)
      ? fn.name
      : ts.isVariableDeclaration(parent) && ts.isIdentifier(parent.name)
        ? parent.name
        : undefined;
    if (name && isCalledByHandlers(module, name)) return true;
  }
  return false;
}

/** A named function that only message handlers call. One level. */
function isCalledByHandlers(module: Module, name: ts.Identifier): boolean {
  const refs = module.names.of(name)?.refs ?? [];
  return (
    refs.length > 0 &&
    refs.every((ref) => {
      const { parent } = ref;
      if (ts.isCallExpression(parent) && parent.expression !== ref)
        return isOnPort(module, parent, /^(on|once|addListener)$/);
      const fn = functionOf(ref);
      const call = fn.parent as ts.Node | undefined;
      return call !== undefined && ts.isCallExpression(call) && isOnPort(module, call, /^(on|once|addListener)$/);
    })
  );
}

function isOwnWork(module: Module, call: ts.CallExpression): boolean {
  const callee = call.expression;
  if (ts.isIdentifier(callee) && TIMERS.test(callee.text) && module.isGlobal(callee, callee.text))
    return !inMessageHandler(module, call) && !isUnrefd(call) && !onlyExits(module, call);
  return ts.isPropertyAccessExpression(callee) && callee.name.text === 'listen';
}

/** A timer that only ends the thread is not work. */
function onlyExits(module: Module, { arguments: [callback] }: ts.CallExpression): boolean {
  return (
    callback !== undefined &&
    someOwn(callback, (node) => ts.isCallExpression(node) && module.isProcess(node.expression, 'exit'))
  );
}

const isUnrefd = (call: ts.CallExpression): boolean =>
  ts.isPropertyAccessExpression(call.parent) && call.parent.name.text === 'unref';

function isCaught(node: ts.Node): boolean {
  for (let inner = node; inner.parent && !ts.isFunctionLike(inner.parent); inner = inner.parent)
    if (ts.isTryStatement(inner.parent) && inner.parent.tryBlock === inner && inner.parent.catchClause) return true;
  const fn = functionOf(node);
  // In an async function it is a rejection; a function that is called elsewhere may have its errors caught there.
  return !ts.isSourceFile(fn) && !isListener(fn);
}

const isListener = (fn: ts.Node): boolean => {
  const call = fn.parent as ts.Node | undefined;
  return (
    call !== undefined &&
    ts.isCallExpression(call) &&
    call.expression !== fn &&
    ts.isPropertyAccessExpression(call.expression) &&
    /^(on|once)$/.test(call.expression.name.text) &&
    !(ts.getCombinedModifierFlags(fn as ts.Declaration) & ts.ModifierFlags.Async)
  );
};
