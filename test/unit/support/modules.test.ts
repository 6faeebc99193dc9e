import assert from 'node:assert/strict';
import { circlesOf, graphOf, importsOf } from '../../support/modules';

describe('the graph of the sources', () => {
  it('holds imports in every form, and none from comments and strings', () => {
    const text = `
      import './effect';
      import value, { other } from './value';
      import type { A } from './types';
      export * from './all';
      export type { B } from './exportedTypes';
      import old = require('./old');
      let late: import('./named').T;
      const load = async () => \`\${await import('./dynamic')}\`;
      const common = require('./common') as typeof import('./asType');
      // import './comment';
      const said = "import './string' from './string'";
      export const local = 1;
      require(name);
    `;
    assert.deepEqual(importsOf('a.ts', text).sort(), [
      './all',
      './asType',
      './common',
      './dynamic',
      './effect',
      './exportedTypes',
      './named',
      './old',
      './types',
      './value',
    ]);
  });

  it('knows each circle by all of its files, of any length', () => {
    const graph = new Map([
      ['a', ['b', 'd']],
      ['b', ['c']],
      ['c', ['a', 'x']],
      ['d', ['e']],
      ['e', ['d']],
      ['self', ['self']],
      ['x', []],
    ]);
    assert.deepEqual(circlesOf(graph), [['a', 'b', 'c'], ['d', 'e'], ['self']]);
  });

  it('leads from file to file, and out of it to no package', () => {
    const imports = new Map([['src/a/one.ts', ['../b/two', './three', 'node:fs', './three']]]);
    assert.deepEqual([...graphOf(imports)], [['src/a/one.ts', ['src/b/two.ts', 'src/a/three.ts']]]);
  });
});
