// What menus offer of each runtime: what its debugger can do, and no more.
import assert from 'node:assert/strict';
import { HAND_COMMANDS } from '../../../src/protocol/timelineMessages';
import { handsByRuntime } from '../../../src/sessions/actions/handCommands';
import type { Hand } from '../../../src/sessions/debuggers/debugger';

const ALL: Hand[] = ['terminate', 'ref', 'unref', 'pause', 'resume', 'stack', 'profile', 'heap-snapshot'];

describe('the commands on threads', () => {
  it('are all there where the debugger can do all', () => {
    const { node } = handsByRuntime([{ runtime: 'node', hands: ALL }]);
    assert.deepEqual([...node!].sort(), [...HAND_COMMANDS].sort());
  });

  it('lack what the debugger cannot do', () => {
    const { node } = handsByRuntime([{ runtime: 'node', hands: ['pause', 'resume', 'stack'] }]);
    assert.deepEqual(node, [
      'threadLifelines.pauseThread',
      'threadLifelines.continueThread',
      'threadLifelines.showStack',
    ]);
  });
});
