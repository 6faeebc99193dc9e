// What starts threads by itself: executors, listeners, servers, pools. Pure.
import type { Module } from './module';
import { calleeOf, memberOf, type Node } from './syntax';

export type ManyKind = 'executor' | 'loop-executor' | 'listener' | 'server' | 'daemon-server' | 'pool' | 'raw';

const KINDS: Record<string, ManyKind> = {
  'concurrent.futures.ThreadPoolExecutor': 'executor',
  'concurrent.futures.thread.ThreadPoolExecutor': 'executor',
  'asyncio.to_thread': 'loop-executor',
  'logging.handlers.QueueListener': 'listener',
  'socketserver.ThreadingTCPServer': 'server',
  'socketserver.ThreadingUDPServer': 'server',
  'http.server.ThreadingHTTPServer': 'daemon-server',
  'multiprocessing.pool.ThreadPool': 'pool',
  'multiprocessing.dummy.Pool': 'pool',
  '_thread.start_new_thread': 'raw',
};
const MIXINS: ReadonlySet<string> = new Set([
  'socketserver.ThreadingMixIn',
  'socketserver.ThreadingTCPServer',
  'socketserver.ThreadingUDPServer',
]);

export interface ManyStart {
  node: Node;
  kind: ManyKind;
  /** The function that its threads run, where it is given one. */
  given: Node | undefined;
}

export const manyIn = (module: Module): ManyStart[] =>
  module.calls.flatMap((node) => {
    const kind = kindOf(module, node);
    if (!kind) return [];
    const at = kind === 'loop-executor' && isRunIn(module, node) ? 1 : 0;
    const takesOne = kind === 'raw' || kind === 'loop-executor';
    return [{ node, kind, given: takesOne ? module.argumentsOf(node).positional[at] : undefined }];
  });

function kindOf(module: Module, node: Node): ManyKind | undefined {
  const callee = calleeOf(node);
  const known = KINDS[module.qualified(callee) ?? ''];
  if (known) return known;
  if (isRunIn(module, node)) return 'loop-executor';
  const owner = module.classOf(callee);
  if (!owner || !module.derives(owner, MIXINS)) return undefined;
  const daemons = module.scopes.memberOfClass(owner, 'daemon_threads')?.definitions.at(-1)?.value;
  return daemons && module.flagOf(daemons) ? 'daemon-server' : 'server';
}

/** `loop.run_in_executor(None, work)` */
const isRunIn = (module: Module, node: Node): boolean => {
  const member = memberOf(calleeOf(node));
  return (
    member !== undefined &&
    module.textOf(member.name) === 'run_in_executor' &&
    module.argumentsOf(node).positional[0]?.type === 'None'
  );
};
