import assert from 'node:assert/strict';
import { stackOf, type ProfileNode } from '../../../src/transport/devTools/inspection';

const node = (id: number, functionName: string, ...children: number[]): ProfileNode => ({
  id,
  callFrame: { functionName, url: functionName.startsWith('(') ? '' : '/app/main.js', lineNumber: id, columnNumber: 0 },
  children,
});
const NODES = [
  node(1, '(root)', 2, 3, 4, 5),
  node(2, '(idle)'),
  node(3, '(program)'),
  node(4, '(garbage collector)'),
  node(5, 'main', 6, 7),
  node(6, 'first'),
  node(7, 'second'),
];
const names = (samples: number[]): string[] => stackOf(NODES, samples).map(({ name }) => name);

describe('the stack of a sampled profile', () => {
  it('is that of the last sample, innermost first, with lines that count from 1', () => {
    assert.deepEqual(names([6, 6, 7]), ['second', 'main']);
    assert.deepEqual(stackOf(NODES, [6])[0], { name: 'first', url: '/app/main.js', line: 7, column: 1 });
  });

  it('is empty of a thread that waited in its loop most of the time, and of one of which there is no sample', () => {
    assert.deepEqual(names([6, 2, 2, 2]), []);
    assert.deepEqual(names([3, 3, 3, 6]), []);
    assert.deepEqual(names([]), []);
  });

  it('is not hidden by the collector of garbage or a moment in the runtime', () => {
    assert.deepEqual(names([7, 4, 4, 4]), ['second', 'main']);
    assert.deepEqual(names([6, 6, 7, 3]), ['second', 'main']);
  });

  it('ends in a profile that is a circle, or names nodes that it does not hold', () => {
    assert.deepEqual(
      stackOf([node(1, 'a', 2), node(2, 'b', 1)], [2]).map(({ name }) => name),
      ['b', 'a'],
    );
    assert.deepEqual(names([99]), []);
  });
});
