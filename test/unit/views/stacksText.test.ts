import assert from 'node:assert/strict';
import { stacksText } from '../../../src/views/stacksText';

const AT = new Date(2026, 0, 1, 12);
const frame = { name: 'work', url: '/app/main.js', line: 3, column: 5 };
const lines = (...stacks: Parameters<typeof stacksText>[0]): string[] =>
  stacksText(stacks, AT).trim().split('\n').slice(2);

describe('stacks as text', () => {
  it('say of each thread what it is at, and where', () => {
    assert.deepEqual(
      lines(
        { label: 'main.js', id: 0, paused: true, frames: [frame, { ...frame, name: '', line: 9 }] },
        { label: 'layout', id: 1, paused: false, blocked: 'Atomics.wait', frames: [frame] },
        { label: 'layout', id: 2, paused: false, frames: [] },
        { label: 'layout', id: 4, paused: false, within: 'time.sleep', frames: [frame] },
        { label: 'layout', id: 3, paused: false, failure: 'it does not answer' },
      ),
      [
        'main.js: paused by the debugger',
        '    at work (/app/main.js:3:5)',
        '    at (anonymous) (/app/main.js:9:5)',
        '',
        'layout (thread 1): waiting in Atomics.wait',
        '    at work (/app/main.js:3:5)',
        '',
        'layout (thread 2): waiting in its event loop',
        '',
        'layout (thread 4): in time.sleep()',
        '    at work (/app/main.js:3:5)',
        '',
        'layout (thread 3): it does not answer',
      ],
    );
  });

  it('name files by their paths, what is in no file as native, and hold to one line whatever a function is called', () => {
    const [, ...told] = lines({
      label: 'main.js',
      id: 0,
      paused: false,
      frames: [
        { ...frame, name: 'two\nlines', url: 'file:///a%20folder/x.mjs' },
        { ...frame, url: 'file:///C:/x.mjs' },
        { ...frame, url: 'file:///%E0%A4' },
        { ...frame, url: '' },
      ],
    });
    assert.deepEqual(told, [
      '    at two lines (/a folder/x.mjs:3:5)',
      '    at work (C:/x.mjs:3:5)',
      '    at work (file:///%E0%A4:3:5)',
      '    at work (native)',
    ]);
  });
});
