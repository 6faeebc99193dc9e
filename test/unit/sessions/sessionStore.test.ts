// What the host knows of the sessions of a window.
import assert from 'node:assert/strict';
import { SessionStore, type SessionChange } from '../../../src/sessions/stores/sessionStore';
import { Story } from '../../support/events';
import { EventEmitter, heard } from '../../support/hostApi';
import { ToldSession } from '../../support/told';

const worker = (story: Story, id: number, t: number): Story =>
  story.tell(0, t, 'thread-start', { id, name: `worker ${id}` }).tell(id, t + 10, 'thread-begin', {});
const complete = (title: string) => new ToldSession({ title, complete: true }).snapshot();
const living = (title: string) => new ToldSession({ title }).snapshot();

describe('the sessions of a window', () => {
  let store: SessionStore;
  let changes: SessionChange[];
  let forgotten: string[];
  beforeEach(() => {
    store = new SessionStore({ EventEmitter });
    changes = heard(store.onDidChange);
    forgotten = heard(store.onDidForget);
  });
  const told = (): string[] => changes.splice(0).map(({ kind, session }) => `${kind} ${session}`);
  const ids = (): string[] => store.choices.map(({ id }) => id);

  it('are shown at once when they are new, and not again when their picture is renewed', () => {
    store.setSnapshot('a', living('a.js'));
    store.setSnapshot('b', living('b.js'));
    assert.deepEqual(told(), ['snapshot a', 'chosen a', 'snapshot b', 'chosen b']);
    const renewed = living('a.js');
    store.setSnapshot('a', renewed);
    assert.deepEqual(told(), ['snapshot a']);
    assert.equal(store.chosen!.id, 'b');
    assert.equal(store.get('a'), renewed);
  });

  it('stand oldest first, those of one title numbered, and say whether they live', () => {
    store.setSnapshot('a', complete('main.js'));
    store.setSnapshot('b', living('main.js'));
    store.setSnapshot('c', living('other.js'));
    store.setSnapshot('a', complete('main.js'));
    const choices = store.choices.map(({ id, title, live }) => ({ id, title, live }));
    assert.deepEqual(choices, [
      { id: 'b', title: 'main.js', live: true },
      { id: 'c', title: 'other.js', live: true },
      { id: 'a', title: 'main.js (2)', live: false },
    ]);
  });

  it('say of those that are over when they started and how they came out, and know the run before of each', () => {
    const over = new ToldSession().tell(new Story().begin(1000).end(2000, 'exit-status', { signal: 'SIGKILL' }).events);
    for (const id of ['a', 'b', 'c'])
      store.setSnapshot(id, over.snapshot({ title: id === 'b' ? 'other.js' : 'main.js', complete: true }));
    assert.deepEqual(store.choices[0], {
      id: 'a',
      title: 'main.js',
      live: false,
      wall: 1_700_000_000_000,
      brief: '1 thread · nothing known to be lost',
    });
    assert.equal(store.before('c'), store.get('a'));
    assert.equal(store.before('a'), undefined);
    assert.equal(store.before('b'), undefined);
  });

  it('are what the model says after each delta, and tell of one that was missed', () => {
    const session = new ToldSession();
    const story = new Story().begin(1000);
    store.setSnapshot('a', session.tell(story.events.splice(0)).snapshot());
    worker(story, 1, 2000);
    assert.equal(store.addDelta('a', session.tell(story.events.splice(0)).delta({ now: 3000 })), true);
    const missed = session.tell(worker(story, 2, 4000).events.splice(0)).delta();
    const late = session.tell(worker(story, 3, 5000).events.splice(0)).delta();
    const before = store.get('a');
    told();
    assert.equal(store.addDelta('a', late), false);
    assert.equal(store.get('a'), before, 'nothing is taken of it');
    assert.deepEqual(told(), []);
    assert.equal(store.addDelta('a', missed), true);
    assert.equal(store.addDelta('a', late), true);
    assert.deepEqual(told(), ['delta a', 'delta a']);
    assert.deepEqual(store.get('a'), session.snapshot());
  });

  it('take no delta of a session that they do not know', () => {
    assert.equal(store.addDelta('a', new ToldSession().delta()), false);
    assert.deepEqual(told(), []);
  });

  it('are over when contact is lost: what lived may live on, and what had ended stays as it was', () => {
    const story = worker(worker(new Story().begin(1000), 1, 2000), 2, 2500);
    story.tell(1, 3000, 'exiting', { cause: 'returned', code: 0 }).tell(0, 3100, 'thread-exit', { id: 1, code: 0 });
    const before = new ToldSession({ now: 9000 }).tell(story.events).snapshot();
    store.setSnapshot('a', before);
    told();
    store.lose('a');
    assert.deepEqual(told(), ['snapshot a']);
    const after = store.get('a')!;
    assert.deepEqual(
      after.threads.map(({ id, state, ended }) => [id, state, ended?.by, ended?.t]),
      [
        [0, 'lost-contact', 'lost-contact', 9000],
        [1, 'ended', 'returned', before.threads[1]!.ended!.t],
        [2, 'lost-contact', 'lost-contact', 9000],
      ],
    );
    assert.equal(after.processes[0]!.exit!.by, 'lost-contact');
    assert.equal(after.complete, true);
    assert.ok(after.revision > before.revision);
  });

  it('stay as they are when contact is lost after their end, and when nobody knows of them', () => {
    store.setSnapshot('a', complete('main.js'));
    const before = store.get('a');
    told();
    store.lose('a');
    store.lose('b');
    assert.equal(store.get('a'), before);
    assert.deepEqual(told(), []);
  });

  it('can be chosen, if there are such, and tell of it once', () => {
    store.setSnapshot('a', living('a.js'));
    store.setSnapshot('b', living('b.js'));
    told();
    for (const id of ['a', 'a', 'none']) store.choose(id);
    assert.deepEqual(told(), ['chosen a']);
    assert.equal(store.chosen!.id, 'a');
  });

  it('are forgotten when they are old and over, but for the one that is shown', () => {
    for (const id of ['a', 'b', 'c', 'd', 'e']) store.setSnapshot(id, complete(id));
    store.choose('a');
    assert.deepEqual(forgotten, []);
    store.setSnapshot('f', complete('f'));
    assert.deepEqual(forgotten, ['b']);
    store.setSnapshot('g', complete('g'));
    assert.deepEqual(forgotten, ['b', 'a'], 'the first is not shown any more');
    assert.deepEqual(ids(), ['c', 'd', 'e', 'f', 'g']);
    assert.equal(store.get('b'), undefined);
  });

  it('are never forgotten while they live, however many there are', () => {
    const many = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
    for (const id of many) store.setSnapshot(id, living(id));
    assert.deepEqual(forgotten, []);
    assert.deepEqual(ids(), many);
  });
});
