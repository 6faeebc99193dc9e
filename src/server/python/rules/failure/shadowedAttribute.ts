// Attributes of subclasses of Thread that hide what Thread itself needs.
import { t } from '../../../../common/l10n';
import { isThreadClass, methodsOf } from '../../source/classes';
import type { Module } from '../../source/module';
import type { Definition } from '../../source/definitions';
import { bare, type Node } from '../../source/syntax';
import { finding, type Check } from '../check';

/** Methods of Thread in Python 3.8 to 3.12, and what it calls on the lock of its own; whatever takes their place is called. */
const METHODS = new Set([
  '_stop',
  '_delete',
  '_bootstrap',
  '_bootstrap_inner',
  '_set_ident',
  '_set_tstate_lock',
  '_wait_for_tstate_lock',
  '_reset_internal_locks',
]);
/** Of these, what a class may define for itself by mistake: others are so special that it knows of Thread’s. */
const CALLED_AT_END = new Set(['_stop', '_delete']);
/** What run() of Thread itself uses. */
const OF_RUN = new Set(['_target', '_args', '_kwargs']);
/** Objects whose methods Thread calls: a number or True in their place makes start(), join() or is_alive() fail. */
const OBJECTS = new Set(['_started', '_tstate_lock', '_handle']);

export const shadowedAttribute: Check = function* ({ module }) {
  for (const owner of module.classes.filter((one) => isThreadClass(module, one))) {
    for (const name of [...METHODS, ...OF_RUN, ...OBJECTS]) {
      const fields =
        module.scopes.fieldOf(owner, name)?.definitions.filter(({ node }) => module.scopes.ownerOf(node) === owner) ??
        [];
      const hides = fields.find((one) => doesHarm(module, owner, name, one));
      if (hides) yield finding('shadowed-attribute', hides.node, sentence(name));
    }
    for (const method of methodsOf(owner)) {
      const name = module.nameOf(method);
      // One that hands on to Thread’s own is meant to come before it.
      if (CALLED_AT_END.has(name) && !new RegExp(`(super\\(.*\\)|Thread)\\.${name}\\(`).test(module.textOf(method)))
        yield finding(
          'shadowed-attribute',
          method.children.find(({ type }) => type === 'VariableName')!,
          sentence(name),
        );
    }
  }
};

function doesHarm(module: Module, owner: Node, name: string, { value }: Definition): boolean {
  const given = value && bare(value);
  if (METHODS.has(name)) return given !== undefined && (isPlain(given) || given.type === 'CallExpression');
  if (OF_RUN.has(name))
    return module.methodOf(owner, 'run') === undefined &&
      given !== undefined &&
      given.type === 'VariableName' &&
      name === '_args'
      ? !isList(module, given)
      : false;
  return given !== undefined && /^(Boolean|Number|String)$/.test(given.type);
}

const isPlain = ({ type }: Node): boolean => /^(Boolean|None|Number|String)$/.test(type);

/** A name for a tuple or a list, or for the rest of the arguments. */
function isList(module: Module, node: Node): boolean {
  const definition = module.scopes.of(node)?.definitions[0];
  if (!definition) return true;
  if (definition.kind === 'parameter') return module.source.text[definition.node.start - 1] === '*';
  return /^(Tuple|Array|Call)/.test(module.valueOf(node).type);
}

const sentence = (name: string): string =>
  t(
    'Thread has something of its own under the name {0}, which this hides. Methods of Thread such as join() or start() then fail.',
    name,
  );
