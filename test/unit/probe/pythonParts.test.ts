// Python's probe is joined of files that share one namespace: nothing is left out, and nothing is loaded that costs time.
import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';

const SOURCES = path.resolve('src/probe/python');
const BUILT = path.resolve('dist/python');
/**
 * Built into Python, or loaded by it at each start; `threading` and `_asyncio` when their parts are loaded, `opcode` when a process
 * ends.
 */
const AT_HAND =
  /^(_asyncio|_collections|_functools|_io|_signal|_thread|_weakref|atexit|gc|itertools|marshal|opcode|os|sys|threading|time)$/;
const PARTS = fs.readdirSync(SOURCES, { withFileTypes: true }).filter((entry) => entry.isDirectory());

describe('Python’s probe', () => {
  for (const { name: part } of PARTS) {
    const files = fs.readdirSync(path.join(SOURCES, part)).map((file) => path.join(SOURCES, part, file));
    const texts = files.map((file) => fs.readFileSync(file, 'utf8'));

    it(`has each file of ${part} in that part, and says of each what it is about`, () => {
      const built = fs.readFileSync(path.join(BUILT, `${part}.py`), 'utf8');
      for (const text of texts) {
        assert.ok(built.includes(text));
        assert.match(text, /^"""\S/);
      }
    });

    it(`gives no name in ${part} twice`, () => {
      const names = texts.flatMap((text) => [...text.matchAll(/^(?:def|class) (\w+)/gm)].map(([, name]) => name!));
      assert.deepEqual(
        names.filter((name, i) => names.indexOf(name) !== i),
        [],
      );
    });

    it(`loads no module in ${part} that is not at hand`, () => {
      const modules = texts.flatMap((text) =>
        [...text.matchAll(/^\s*(?:import|from) (\w+)/gm)].map(([, name]) => name!),
      );
      assert.deepEqual(
        modules.filter((name) => !AT_HAND.test(name)),
        [],
      );
    });
  }
});
