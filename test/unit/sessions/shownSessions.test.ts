// What timelines show: the session with the focus, or all that run together.
import assert from 'node:assert/strict';
import { applyDelta, type Snapshot } from '../../../src/protocol/picture';
import type { Look, Seen } from '../../../src/protocol/tracks';
import { SessionStore } from '../../../src/sessions/stores/sessionStore';
import { type ShownChange, ShownSessions } from '../../../src/sessions/together/shownSessions';
import { Story } from '../../support/events';
import { EventEmitter, heard } from '../../support/hostApi';
import { ToldSession } from '../../support/told';

/** µs; all programs have begun. */
const LATER = 9000;

/** A program with a process of its own, whose worker starts with the first delta. */
class Program {
  private readonly session: ToldSession;
  private readonly story: Story;

  constructor(
    readonly id: string,
    private now: number,
  ) {
    this.session = new ToldSession({ title: `${id}.js` });
    this.story = new Story(`${now}-${now}`, now).begin(now);
    this.session.tell(this.story.events.splice(0));
  }

  get worker(): string {
    return this.story.key(1);
  }

  snapshot(): Snapshot {
    return this.session.snapshot({ now: this.now });
  }

  delta(more: { complete?: boolean } = {}) {
    if (this.now < LATER) this.story.tell(0, (this.now = LATER), 'thread-start', { id: 1 });
    this.now += 10;
    return this.session.tell(this.story.events.splice(0)).delta({ now: this.now, ...more });
  }
}

const lookAt = (...threads: string[]): Look => ({
  id: 1,
  from: 0,
  to: 9,
  pixels: 9,
  threads,
  pools: [],
  messagesOf: [],
});

const byKey = (a: { key: string }, b: { key: string }): number => (a.key < b.key ? -1 : 1);

describe('what timelines show', () => {
  let store: SessionStore;
  let shown: ShownSessions;
  let changes: ShownChange[];
  let remembered: Map<string, unknown>;
  let asked: string[];
  let tracksChanged: EventEmitter<string>;

  function open(): void {
    store = new SessionStore({ EventEmitter });
    tracksChanged = new EventEmitter();
    asked = [];
    const tracks = {
      see: (session: string, { threads, ...look }: Look): Promise<Seen> => {
        asked.push(`${session}: ${threads.join()}`);
        return Promise.resolve({ ...look, lanes: [], pools: [] });
      },
      measure: () => Promise.resolve(undefined),
      onDidChange: tracksChanged.event,
    };
    const memento = {
      get: (key: string, otherwise: unknown) => remembered.get(key) ?? otherwise,
      update: (key: string, value: unknown) => Promise.resolve(void remembered.set(key, value)),
    };
    shown = new ShownSessions({ EventEmitter }, store, tracks, memento as never);
    changes = heard(shown.onDidChange);
  }
  beforeEach(() => {
    remembered = new Map();
    open();
  });

  const kinds = (): string => changes.splice(0).map(({ kind }) => kind).join(); // prettier-ignore
  const titles = (): string[] => [
    ...new Set(shown.shown!.snapshot.processes.map(({ session }) => session?.title ?? '')),
  ];
  const together = (): string => shown.choices[0]!.id;

  /** Two that run at once, the second with the focus. */
  function two(): [Program, Program] {
    const [a, b] = [new Program('a', 1000), new Program('b', 2000)];
    store.setSnapshot('a', a.snapshot());
    store.setSnapshot('b', b.snapshot());
    return [a, b];
  }

  it('is the session with the focus, as it came, unless a person chose otherwise', () => {
    const [a, b] = two();
    assert.equal(shown.shown!.snapshot, store.get('b'));
    kinds();
    const delta = b.delta();
    store.addDelta('b', delta);
    store.addDelta('a', a.delta());
    assert.deepEqual(changes, [{ kind: 'delta', session: 'b', delta }], 'of the other one nothing');
    store.choose('a');
    assert.equal(shown.shown!.id, 'a');
  });

  it('can be all together where several run at once, and the choice leads the others', () => {
    const [a] = two();
    assert.deepEqual(
      shown.choices.map(({ title, brief, live }) => [title, brief, live]),
      [
        ['All together', '2 sessions', true],
        ['a.js', undefined, true],
        ['b.js', undefined, true],
      ],
    );
    store.addDelta('a', a.delta({ complete: true }));
    store.setSnapshot('c', { ...new Program('c', 1_000_000).snapshot() });
    assert.equal(shown.choices[0]!.brief, '3 sessions', 'one of them ran beside each of the others');
    store.setSnapshot('recording', { ...new Program('d', 5).snapshot(), complete: true });
    assert.equal(shown.choices[0]!.brief, '3 sessions', 'without recordings');
  });

  it('tells of which session a process is where several are shown', () => {
    const [a, b] = two();
    const titles = (): unknown[] => [a, b].map((program) => shown.titleOf(program.snapshot().processes[0]!.key));
    assert.deepEqual(titles(), [undefined, undefined]);
    shown.choose(together());
    assert.deepEqual(titles(), ['a.js', 'b.js']);
  });

  it('is a single choice where one runs alone', () => {
    store.setSnapshot('a', new Program('a', 1000).snapshot());
    assert.deepEqual(shown.choices, store.choices);
  });

  it('goes on with deltas of them all, of which none is missed', () => {
    const [a, b] = two();
    shown.choose(together());
    assert.deepEqual(titles(), ['a.js', 'b.js']);
    let seen = shown.shown!.snapshot;
    kinds();
    for (const [id, program] of [['a', a], ['b', b], ['b', b], ['a', a]] as const) store.addDelta(id, program.delta()); // prettier-ignore
    for (const change of changes) {
      assert.ok(change.kind === 'delta' && change.session === shown.shown!.id);
      seen = applyDelta(seen, change.delta)!;
    }
    assert.equal(kinds(), 'delta,delta,delta,delta');
    const sorted = ({ threads, earlier = [], ...rest }: Snapshot) => ({
      ...rest,
      earlier,
      threads: [...threads].sort(byKey),
    });
    assert.deepEqual(sorted(seen), sorted(shown.shown!.snapshot));
    assert.deepEqual(seen.threads.map(({ kind }) => kind).sort(), ['main', 'main', 'worker', 'worker']);
  });

  it('stays all together whichever has the focus, and leaves what has the focus alone', () => {
    two();
    shown.choose(together());
    kinds();
    store.choose('a');
    assert.equal(kinds(), 'choices');
    assert.deepEqual(titles(), ['a.js', 'b.js']);
    assert.equal(store.chosen!.id, 'a');
  });

  it('takes in what starts and keeps what ends', () => {
    const [a] = two();
    shown.choose(together());
    const { id } = shown.shown!;
    kinds();
    store.setSnapshot('c', new Program('c', 3000).snapshot());
    assert.match(kinds(), /^whole,choices/);
    assert.deepEqual(titles(), ['a.js', 'b.js', 'c.js']);
    store.addDelta('a', a.delta({ complete: true }));
    assert.equal(kinds(), 'delta,choices');
    assert.deepEqual(titles(), ['a.js', 'b.js', 'c.js']);
    assert.equal(shown.shown!.id, id, 'a view goes on with the same');
    assert.deepEqual(shown.shown!.snapshot.processes.map(({ over }) => over), [true, false, false]); // prettier-ignore
    store.lose('b');
    assert.equal(
      shown.shown!.snapshot.threads.find(({ process }) => process === '2000-2000')!.ended!.by,
      'lost-contact',
    );
  });

  it('is a recording alone while that is chosen', () => {
    two();
    shown.choose(together());
    store.setSnapshot('recording', { ...new Program('d', 5).snapshot(), complete: true });
    assert.equal(shown.shown!.id, 'recording');
    store.choose('a');
    assert.deepEqual(titles(), ['a.js', 'b.js']);
  });

  it('is one of them again when a person chooses that, and what they chose is remembered for the window', () => {
    two();
    shown.choose(together());
    open();
    two();
    assert.deepEqual(titles(), ['a.js', 'b.js'], 'a reloaded window');
    kinds();
    shown.choose('b');
    assert.equal(shown.shown!.id, 'b');
    assert.equal(kinds(), 'whole', 'though it had the focus all the time');
    open();
    two();
    assert.equal(shown.shown!.snapshot, store.get('b'));
  });

  it('asks each session what its threads did, and tells of news of each', async () => {
    const [a, b] = two();
    shown.choose(together());
    const { id } = shown.shown!;
    await shown.see(id, lookAt(a.worker, b.worker));
    assert.deepEqual(asked, [`a: ${a.worker}`, `b: ${b.worker}`]);
    const news = heard(shown.onDidChangeTracks);
    tracksChanged.fire('a');
    shown.choose('b');
    tracksChanged.fire('a');
    assert.deepEqual(news, [id, 'a']);
  });

  it('has a report of each session behind it', () => {
    two();
    const id = together();
    assert.deepEqual(shown.partsOf('a').map((part) => part.id), ['a']); // prettier-ignore
    assert.deepEqual(shown.partsOf(id), [], 'while they are not shown together');
    shown.choose(id);
    assert.deepEqual(shown.partsOf(id).map((part) => part.id), ['a', 'b']); // prettier-ignore
    assert.deepEqual(shown.partsOf('none'), []);
  });
});
