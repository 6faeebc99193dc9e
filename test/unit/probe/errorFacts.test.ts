// What the probe tells of an error, without calling any code of the program.
import '../../support/given';
import assert from 'node:assert/strict';
import { errorFacts } from '../../../src/probe/node/lifecycle/errorFacts';
import { framesOfStack } from '../../../src/probe/node/tools/callSite';

const told = (error: unknown): string => {
  const { name, message } = errorFacts(error);
  return `${name}: ${message}`;
};

/** An error whose name and message are getters; they must not be called. */
class Cautious extends Error {
  called = 0;
  override get name(): string {
    this.called++;
    return 'never';
  }
}

describe('what is told of an error', () => {
  it('is its name and its message, also where its class or nobody gives them', () => {
    assert.equal(told(new RangeError('far out')), 'RangeError: far out');
    assert.equal(told(new TypeError()), 'TypeError: ');
    assert.equal(told(Object.assign(new Error('a'), { name: 'Odd' })), 'Odd: a');
    assert.equal(told(Object.assign(new Error('a'), { name: '' })), ': a');
  });

  it('is what stands above the frames, where a getter has the name or the message', () => {
    assert.equal(told(new DOMException('twice the same', 'DataCloneError')), 'DataCloneError: twice the same');
    assert.equal(told(new DOMException('two\nlines: of it', 'AbortError')), 'AbortError: two\nlines: of it');
    assert.equal(told(new DOMException()), 'Error: ');
  });

  it('calls no getter of the program', () => {
    const error = new Cautious('careful');
    assert.ok(error.stack); // Node calls it when it writes the stack
    const before = error.called;
    assert.match(told(error), /: careful$/);
    assert.equal(error.called, before);
  });
});

describe('the frames of a stack’s text', () => {
  const filesOf = (...lines: string[]): string[] =>
    framesOfStack(['Error: x', ...lines.map((line) => `    at ${line}`)].join('\n')).map(({ file }) => file);

  it('are those of paths, URLs and evaluated code', () => {
    assert.deepEqual(
      filesOf('f (/a (b)/c.js:1:2)', '/d.js:3:4', 'async file:///e.mjs:5:6', 'async g (file:///h.mjs:7:8)'),
      ['/a (b)/c.js', '/d.js', 'file:///e.mjs', 'file:///h.mjs'],
    );
    assert.deepEqual(filesOf('[eval]:1:2', 'f ([worker eval]:3:4)', '[eval]-wrapper:5:6'), [
      '[eval]',
      '[worker eval]',
      '[eval]-wrapper',
    ]);
  });

  it('are none of Node’s own, whatever the function is called', () => {
    assert.deepEqual(filesOf('[nodejs.internal.kHybridDispatch] (node:internal/event_target:848:20)'), []);
    assert.deepEqual(filesOf('MessagePort.<anonymous> (node:internal/per_context/messageport:23:28)'), []);
  });
});
