// Which code of a module a worker runs. Pure.
import type ts from 'typescript';
import type { Source } from '../../source/report';
import { sideOf } from '../../source/side';

export const isInWorker = ({ module, isWorker }: Source, node: ts.Node): boolean => {
  const side = sideOf(module, node);
  return side === 'worker' || (side === 'any' && isWorker);
};
