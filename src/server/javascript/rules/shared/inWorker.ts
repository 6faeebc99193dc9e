// Which code of a module a worker runs. Pure.
import type ts from 'typescript';
import { sideOf } from '../../source/side';
import type { RuleContext } from '../check';

export const isInWorker = ({ module, isWorker }: RuleContext, node: ts.Node): boolean => {
  const side = sideOf(module, node);
  return side === 'worker' || (side === 'any' && isWorker);
};
