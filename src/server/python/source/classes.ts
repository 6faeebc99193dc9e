// Subclasses of Thread: what their objects do, and whether they are daemons. Pure.
import type { Foreign, Module } from './module';
import { classOfMethod } from './scopes';
import { argumentsOf, bodyOf, calleeOf, childOf, memberOf, ownOf, siblingsOf, type Node } from './syntax';

export const THREADS: ReadonlySet<string> = new Set(['threading.Thread', 'threading.Timer']);
const TIMERS: ReadonlySet<string> = new Set(['threading.Timer']);

export const isThreadClass = (module: Module, owner: Node): boolean =>
  module.remembered('thread class', owner, () => module.derives(owner, THREADS));
export const isTimerClass = (module: Module, owner: Node): boolean => module.derives(owner, TIMERS);

/** `inherited`: nothing is said, so it is what the thread is that makes it. */
export type Daemon = 'yes' | 'no' | 'inherited' | 'unknown';

/** What its methods and its body say; arguments of the one who makes an object are not looked at. */
export function daemonOfClass({ module, node }: Foreign, depth = 0): Daemon {
  const said = [...inBody(module, node), ...inMethods(module, node)];
  if (said.length > 0) return said.every((one) => one === said[0]) ? said[0]! : 'unknown';
  const init = module.scopes.memberOfClass(node, '__init__')?.definitions[0]?.value;
  if (init && classOfMethod(init) === node && isPassedOn(module, init)) return 'unknown';
  for (const base of basesOf(module, node)) if (depth < 4) return daemonOfClass(base, depth + 1);
  return 'inherited';
}

/** Classes with sources that it derives from and that are threads. */
export const basesOf = (module: Module, owner: Node): Foreign[] =>
  ((childOf(owner, 'ArgList')?.children ?? []) as Node[]).flatMap((base) => {
    const own = module.classOf(base);
    const found = own ? { module, node: own } : module.foreignOf(base, 'class');
    return found?.node.type === 'ClassDefinition' && found.node !== owner && isThreadClass(found.module, found.node)
      ? [found]
      : [];
  });

/** `daemon = True` hides the property, and Thread asks for just that. */
function inBody(module: Module, owner: Node): Daemon[] {
  const binding = module.scopes.memberOfClass(owner, 'daemon');
  return (binding?.definitions ?? []).map(({ kind, value }) =>
    kind === 'value' && value ? asDaemon(module, value) : 'unknown',
  );
}

function inMethods(module: Module, owner: Node): Daemon[] {
  const fields = module.scopes.fieldOf(owner, 'daemon')?.definitions ?? [];
  const set = fields
    .filter(({ node }) => module.scopes.ownerOf(node) === owner && !isLate(module, node))
    .map(({ value }) => (value ? asDaemon(module, value) : 'unknown'));
  const called = methodsOf(owner)
    .flatMap((method) => ownOf(method, 'CallExpression'))
    .flatMap((call): Daemon[] => {
      const { positional, keywords } = module.argumentsOf(call);
      if (isSetDaemon(module, call)) return positional[0] ? [asDaemon(module, positional[0])] : [];
      const daemon = isBaseInit(module, call) ? keywords.get('daemon') : undefined;
      return daemon ? [asDaemon(module, daemon)] : [];
    });
  return [...set, ...called];
}

/** After the object has started itself. */
const isLate = (module: Module, node: Node): boolean => {
  let statement = node;
  while (statement.parent && statement.parent.type !== 'Body') statement = statement.parent;
  const before = siblingsOf(statement).filter(({ start }) => start < statement.start);
  return before.some((one) => /^self\.start\(\)$/.test(module.textOf(one)));
};

const isSetDaemon = (module: Module, call: Node): boolean => {
  const member = memberOf(calleeOf(call));
  return (
    member !== undefined &&
    module.textOf(member.name) === 'setDaemon' &&
    module.scopes.selfOf(member.object) !== undefined
  );
};

/** `super().__init__(…)`, `Thread.__init__(self, …)` */
export function isBaseInit(module: Module, call: Node): boolean {
  const member = memberOf(calleeOf(call));
  return member !== undefined && module.textOf(member.name) === '__init__';
}

export const methodsOf = (owner: Node): Node[] =>
  (bodyOf(owner)?.children ?? []).flatMap((one) => {
    const fn = one.type === 'DecoratedStatement' ? childOf(one, 'FunctionDefinition') : one;
    return fn?.type === 'FunctionDefinition' ? [fn] : [];
  });

/** Arguments that it does not know itself go to Thread. */
const isPassedOn = (module: Module, init: Node): boolean =>
  ownOf(init, 'CallExpression').some((call) => isBaseInit(module, call) && argumentsOf(call, module.textOf).isOpen);

export function asDaemon(module: Module, value: Node): Daemon {
  const flag = module.flagOf(value);
  if (flag !== undefined) return flag ? 'yes' : 'no';
  return module.valueOf(value).type === 'None' ? 'inherited' : 'unknown';
}
