// Workers that a module starts: with which script and options, and what is done to each. Pure.
import * as path from 'node:path';
import ts from 'typescript';
import type { Target } from '../../language';
import { follow, type Flow } from './flow';
import { NO_ENVIRONMENT, type Environment, type Module } from './module';
import { bare, eachNode } from './syntax';

export interface Start extends Flow {
  /** `new Worker(…)`. */
  node: ts.NewExpression;
  /** The call of the surrounding function that made this one; absent where there is no such function. */
  call?: ts.CallExpression;
  target: Target;
  /** Names the script: in the start itself, or an argument of the call. */
  script: ts.Expression | undefined;
  /** Values of the options by their names; undefined where not all of them are known. */
  options: ReadonlyMap<string, ts.Expression> | undefined;
}

export function startsIn(module: Module): Start[] {
  return module.news.filter(({ expression }) => isWorker(module, expression)).flatMap((node) => startsOf(module, node));
}

const isWorker = (module: Module, callee: ts.Expression): boolean =>
  module.isImport(callee, 'worker_threads', 'Worker');

function startsOf(module: Module, node: ts.NewExpression): Start[] {
  const { uses, escapes, calls } = follow(module, node);
  const make = (flow: Flow, environment: Environment, call?: ts.CallExpression): Start => ({
    node,
    uses: flow.uses,
    escapes: flow.escapes,
    target: targetOf(module, node, environment),
    script: scriptOf(module, node, environment),
    options: optionsOf(module, node, environment),
    ...(call ? { call } : {}),
  });
  if (calls.length === 0) return [make({ uses, escapes }, NO_ENVIRONMENT)];
  // What the function does before it returns the worker happens to each of them.
  return calls.map(({ call, environment, ...flow }) =>
    make({ uses: [...uses, ...flow.uses], escapes: escapes || flow.escapes }, environment, call),
  );
}

/** Of a function that starts several, the argument that its script depends on, if it depends on any. */
function scriptOf(module: Module, node: ts.NewExpression, environment: Environment): ts.Expression | undefined {
  const script = node.arguments?.[0];
  if (!script || environment.size === 0) return script;
  let given: ts.Expression | undefined;
  const look = (one: ts.Node): void => {
    const binding = ts.isIdentifier(one) ? module.names.of(one) : undefined;
    given ??= binding && environment.get(binding);
  };
  look(script);
  eachNode(script, look);
  return given ?? script;
}

function targetOf(module: Module, node: ts.NewExpression, environment: Environment): Target {
  const [script] = node.arguments ?? [];
  if (!script) return { kind: 'unknown' };
  const options = optionsOf(module, node, environment);
  const isCode = options?.get('eval');
  const constant = module.constantOf(script, environment);
  if (isCode && isCode.kind !== ts.SyntaxKind.FalseKeyword)
    return { kind: 'code', text: constant?.kind === 'text' ? constant.text : undefined };
  if (!constant) return { kind: 'unknown' };
  if (constant.kind === 'path') return { ...constant, kind: 'file' };
  const { text } = constant;
  if (/^[a-z][a-z+.-]+:/i.test(text) || text === '') return { kind: 'unknown' };
  return path.isAbsolute(text) ? { kind: 'file', path: text } : { kind: 'relative', text };
}

function optionsOf(
  module: Module,
  node: ts.NewExpression,
  environment: Environment,
): ReadonlyMap<string, ts.Expression> | undefined {
  const given = node.arguments?.[1];
  const found = new Map<string, ts.Expression>();
  if (!given) return found;
  const object = module.literalOf(given, environment);
  if (!ts.isObjectLiteralExpression(object)) return undefined;
  return addProperties(module, object, environment, found) ? found : undefined;
}

function addProperties(
  module: Module,
  object: ts.ObjectLiteralExpression,
  environment: Environment,
  found: Map<string, ts.Expression>,
): boolean {
  for (const property of object.properties) {
    if (ts.isSpreadAssignment(property)) {
      const spread = module.literalOf(property.expression, environment);
      // `...options` of a parameter that the caller left out
      const isLeftOut = spread === bare(property.expression) && isParameter(module, spread) && environment.size > 0;
      if (isLeftOut) continue;
      if (!ts.isObjectLiteralExpression(spread) || !addProperties(module, spread, environment, found)) return false;
    } else if (ts.isShorthandPropertyAssignment(property)) {
      found.set(property.name.text, property.name);
    } else if (ts.isPropertyAssignment(property) && !ts.isComputedPropertyName(property.name)) {
      found.set(property.name.text, property.initializer);
    } else if (ts.isMethodDeclaration(property) && ts.isIdentifier(property.name)) {
      continue;
    } else {
      return false;
    }
  }
  return true;
}

const isParameter = (module: Module, node: ts.Expression): boolean => {
  const declaration = module.bindingOf(node)?.declaration;
  return declaration !== undefined && ts.isParameter(declaration);
};
