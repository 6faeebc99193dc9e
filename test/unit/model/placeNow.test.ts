// Where threads are at this moment, by what their process told.
import assert from 'node:assert/strict';
import { placeNow } from '../../../src/model/conclusions/waiting/placeNow';
import type { ProcessPicture, ThreadPicture } from '../../../src/protocol/picture';
import type { ThreadStack } from '../../../src/protocol/probeEvents';

const at = { file: '/app/main.js', line: 3, column: 1 };
const told = (id: number, rest: Partial<ThreadStack> = {}): ThreadStack => ({
  ...{ k: 'stack', p: '1-1', tid: 0, t: 1, q: 1, when: 'asked', id, frames: [at] },
  ...rest,
});
const inRuntime = (id: 'node' | 'python') => ({ runtime: { id } }) as ProcessPicture;
const alive = (id: number, waitsIn?: string) =>
  ({ id, state: 'alive', ...(waitsIn ? { activity: { blocked: { what: waitsIn } } } : {}) }) as ThreadPicture;

describe('the place of a thread now', () => {
  it('is what it told, with the call that it is in, or that it waits in', () => {
    const stacks = [told(1), told(2, { within: 'time.sleep' }), told(3, { frames: [], within: 'open', sleeps: true })];
    const place = (thread: ThreadPicture) => placeNow(thread, inRuntime('python'), stacks);
    assert.deepEqual(place(alive(1)), { isIdle: false, frames: [at] });
    assert.deepEqual(place(alive(2)), { isIdle: false, within: 'time.sleep', frames: [at] });
    assert.deepEqual(place(alive(3)), { isIdle: false, waitsIn: 'open' });
    assert.deepEqual(place(alive(1, 'Event.wait()')), { isIdle: false, waitsIn: 'Event.wait()', frames: [at] });
  });

  it('is its event loop where threads have one and others told what they run, and unknown else', () => {
    assert.equal(placeNow(alive(2), inRuntime('node'), [told(1)]).isIdle, true);
    assert.equal(placeNow(alive(0), inRuntime('node'), []).isIdle, true, 'main answers from it');
    assert.equal(placeNow(alive(2), inRuntime('node'), []).isIdle, false);
    assert.equal(placeNow(alive(2), inRuntime('python'), [told(1)]).isIdle, false);
    assert.equal(placeNow({ ...alive(2), state: 'starting' }, inRuntime('node'), [told(1)]).isIdle, false);
  });
});
