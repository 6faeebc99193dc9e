// Memory that is transferred and that other buffers share.
import ts from 'typescript';
import { t } from '../../../../common/l10n';
import type { Module } from '../../source/module';
import { bare } from '../../source/syntax';
import { finding, type Check } from '../check';
import { postsOf } from '../shared/posts';

/** `Buffer.from(…).buffer` is often the pool that all small buffers share. */
export const transferredPooledBuffer: Check = function* ({ module, starts }) {
  for (const { args } of postsOf(module, starts)) {
    const list = args[1] && bare(args[1]);
    if (!list || !ts.isArrayLiteralExpression(list)) continue;
    for (const element of list.elements) {
      if (!ts.isPropertyAccessExpression(element) || element.name.text !== 'buffer') continue;
      const made = module.literalOf(element.expression);
      if (!isPooled(module, made)) continue;
      yield finding(
        'transferred-pooled-buffer',
        element,
        t('This memory may be the pool that all small buffers share. Transferring it empties them all.'),
        {
          fix: { title: t('Send a copy instead'), edits: [{ start: args[0]!.getEnd(), end: list.getEnd(), text: '' }] },
        },
      );
    }
  }
};

function isPooled(module: Module, node: ts.Expression): boolean {
  if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return false;
  const { name, expression } = node.expression;
  const isBuffer = module.isGlobal(expression, 'Buffer') || module.isImport(expression, 'buffer', 'Buffer');
  return isBuffer && /^(from|concat|allocUnsafe)$/.test(name.text) && !(name.text === 'from' && isMemory(module, node));
}

/** A Buffer from an ArrayBuffer is a view, not a copy. */
function isMemory(module: Module, { arguments: args }: ts.CallExpression): boolean {
  const [given] = args;
  if (!given) return true;
  const node = module.literalOf(given);
  return !(ts.isStringLiteralLike(node) || ts.isArrayLiteralExpression(node) || ts.isTemplateExpression(node));
}
