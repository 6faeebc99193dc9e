import type { Delta, Snapshot, ThreadActivity } from '../../../src/protocol/picture';
import type { ToTimeline } from '../../../src/protocol/timelineMessages';
import assert from 'node:assert/strict';
import { initialState, noticesOf, receive, type State } from '../../../media/timeline/data/state';
import { demoLive, processPicture, snapshotOf, START, thread } from '../../webview/fixtures';

const whole = (snapshot: Snapshot, session = 's1'): ToTimeline => ({
  kind: 'snapshot',
  session,
  sessions: [{ id: session, title: snapshot.title, live: true }],
  snapshot,
});
const delta = (from: number, more: Partial<Delta>, session = 's1'): ToTimeline => ({
  kind: 'delta',
  session,
  delta: { ...snapshotOf([], { processes: [], revision: from + 1 }), from, ...more },
});

function viewOf(state: State) {
  assert.ok(state.screen.kind === 'session');
  return state.screen.view;
}

describe('the state of the webview', () => {
  const { state: shown } = receive(initialState, whole(demoLive()), 0);

  it('takes what a delta brings and keeps what it does not name', () => {
    const added = thread({ id: 50, start: 690, label: 'added' });
    const { state, reply } = receive(shown, delta(40, { threads: [added] }), 0);
    assert.equal(reply, undefined);
    assert.equal(viewOf(state).snapshot.threads.length, demoLive().threads.length + 1);
    assert.equal(viewOf(state).snapshot.revision, 41);
  });

  it('asks once for the whole when a delta was missed, and waits for it', () => {
    const first = receive(shown, delta(41, {}), 0);
    assert.deepEqual(first.reply, { kind: 'resync' });
    const second = receive(first.state, delta(42, {}), 0);
    assert.equal(second.reply, undefined);
    const { state } = receive(second.state, whole({ ...demoLive(), revision: 43 }), 0);
    assert.equal(receive(state, delta(43, {}), 0).reply, undefined);
    assert.equal(viewOf(receive(state, delta(43, {}), 0).state).snapshot.revision, 44);
  });

  it('ignores deltas of a session that is not shown', () => {
    assert.equal(receive(shown, delta(7, {}, 'another'), 0).state, shown);
    assert.equal(receive(initialState, delta(0, {}), 0).state, initialState);
  });

  it('sets its clock by the message that took least long to arrive', () => {
    const now = START + 700_000;
    const late = receive(shown, delta(40, { now: now + 100_000 }), 150_000);
    assert.equal(viewOf(late.state).clockOffset, viewOf(shown).clockOffset);
    const early = receive(late.state, delta(41, { now: now + 300_000 }), 200_000);
    assert.equal(viewOf(early.state).clockOffset, now + 100_000);
  });

  it('sets its clock anew when one of the two has stood still', () => {
    const { state } = receive(shown, delta(40, { now: START }), 3_600e6);
    assert.equal(viewOf(state).clockOffset, START - 3_600e6);
  });

  it('keeps the chosen run of the same session only', () => {
    const chosen: State = { ...shown, screen: { kind: 'session', view: { ...viewOf(shown), chosenRun: 0 } } };
    assert.equal(viewOf(receive(chosen, whole(demoLive()), 0).state).chosenRun, 0);
    assert.equal(viewOf(receive(chosen, whole(demoLive(), 's2'), 0).state).chosenRun, undefined);
  });

  it('is empty when the host says so', () => {
    const { state } = receive(shown, { kind: 'empty', hasRecordings: true, interrupted: 'main.js' }, 0);
    assert.deepEqual(state.screen, { kind: 'empty', hasRecordings: true, interrupted: 'main.js' });
  });

  it('survives a message of a kind it does not know', () => {
    assert.equal(receive(shown, { kind: 'news' } as unknown as ToTimeline, 0).state, shown);
  });
});

describe('the notices', () => {
  it('say besides the session’s own what is missing from the picture', () => {
    const own = { id: 'disk', severity: 'error' as const, text: 'The disk is full.' };
    const snapshot = snapshotOf([], { processes: [processPicture({ lost: 3 })], damaged: 1, notices: [own] });
    assert.deepEqual(
      noticesOf(snapshot).map(({ id }) => id),
      ['disk', 'records-lost', 'damaged'],
    );
    assert.deepEqual(noticesOf(snapshotOf([])), []);
  });

  it('say what activity was dropped, and what cannot be seen at all', () => {
    const activity = { dropped: 7 } as ThreadActivity;
    const snapshot = snapshotOf([{ ...thread({ id: 0, start: 0 }), activity }], {
      processes: [processPicture({ unseen: ['writes in flight'] })],
    });
    const texts = noticesOf(snapshot).map(({ text }) => text);
    assert.match(texts[0]!, /Not visible in process \d+.*writes in flight/);
    assert.match(texts[1]!, /7 activity records were dropped to stay within the limit/);
  });
});
