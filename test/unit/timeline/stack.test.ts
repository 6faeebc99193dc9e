import fc from 'fast-check';
import assert from 'node:assert/strict';
import { stackLines } from '../../../media/timeline/stories/stack';

const siteOf = (line: string) => stackLines(`    ${line}`).lines[0]?.at;

describe('the stack of an error', () => {
  it('leads to files on disk, by path and by URL, on either system', () => {
    assert.deepEqual(siteOf('at Object.run (/home/ada/a b/main.js:12:7)'), {
      file: '/home/ada/a b/main.js',
      line: 12,
      column: 7,
      function: 'Object.run',
    });
    assert.deepEqual(siteOf('at /srv/app (1)/x.js:3:4'), { file: '/srv/app (1)/x.js', line: 3, column: 4 });
    assert.equal(siteOf('at async Promise.all (C:\\app\\x.js:3:4)')?.file, 'C:\\app\\x.js');
    assert.equal(siteOf('at file:///srv/x.mjs:1:2')?.file, 'file:///srv/x.mjs');
    assert.equal(siteOf('at new Page [as make] (/srv/x.js:1:2)')?.function, 'new Page [as make]');
  });

  it('leads nowhere else', () => {
    for (const line of [
      'Error: at /srv/x.js:1:2',
      'at node:internal/worker:332:10',
      'at eval (eval at run (/srv/x.js:1:2), <anonymous>:1:1)',
      'at <anonymous>',
      'at command:workbench.action.quit:1:2',
      'at https://example.test/x.js:1:2',
      'at vscode://x/y:1:2',
      'at /srv/x.js:1',
      'at Array.map (<anonymous>)',
    ])
      assert.equal(siteOf(line), undefined, line);
  });

  it('keeps every other line as text, and counts what it leaves out', () => {
    const { lines, more } = stackLines(Array.from({ length: 60 }, (_, i) => `    at /x.js:${i + 1}:1`).join('\n'));
    assert.deepEqual([lines.length, more], [50, 10]);
    assert.deepEqual(stackLines('TypeError: no\u202e\n\n    at f (/x.js:1:2)').lines, [
      { text: 'TypeError: no[U+202E]', at: undefined },
      { text: 'at f (/x.js:1:2)', at: { file: '/x.js', line: 1, column: 2, function: 'f' } },
    ]);
  });

  it('is read in a moment, whatever it holds', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 500 }), fc.nat(2), (text, n) => {
        const { lines } = stackLines(`at ${text.repeat(10 ** n)}:1:2`);
        assert.ok(lines.every((line) => line.text.length <= 5000));
      }),
    );
  });
});
