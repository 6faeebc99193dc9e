// Debug sessions of our own type: what their adapter tells goes into the stores, and their child starts and ends with them.
import assert from 'node:assert/strict';
import type * as vscode from 'vscode';
import { DEBUG_TYPE, Dap, type StopRequested } from '../../../src/protocol/adapterEvents';
import type { TracksDelta } from '../../../src/protocol/tracks';
import { DebugSessions } from '../../../src/sessions/following/debugSessions';
import { SessionStore } from '../../../src/sessions/stores/sessionStore';
import { Story } from '../../support/events';
import { EventEmitter, KeptLog } from '../../support/hostApi';
import { ToldSession } from '../../support/told';

type Api = Pick<typeof vscode, 'debug' | 'DebugConsoleMode'>;
type Request = [name: string, args: unknown];

/** A debug session whose adapter answers as the test says. */
class Session {
  readonly workspaceFolder = undefined;
  readonly requests: Request[] = [];
  answer: (name: string) => Promise<unknown> = () => Promise.resolve();

  constructor(
    readonly id: string,
    readonly type: string,
    public name = id,
    readonly parentSession?: Session,
  ) {}

  customRequest(name: string, args?: unknown): Promise<unknown> {
    this.requests.push([name, args]);
    return this.answer(name);
  }
}

/** What VS Code does with debug sessions, done by the test; what it is asked for is kept. */
class Debug {
  readonly told = new EventEmitter<{ session: Session; event: string; body: unknown }>();
  readonly started = new EventEmitter<Session>();
  readonly ended = new EventEmitter<Session>();
  readonly starts: { configuration: unknown; options: unknown; parentName: string }[] = [];
  readonly stops: (string | undefined)[] = [];
  start: () => Promise<boolean> = () => Promise.resolve(true);

  readonly api = {
    DebugConsoleMode: { Separate: 0, MergeWithParent: 1 },
    debug: {
      onDidReceiveDebugSessionCustomEvent: this.told.event,
      onDidStartDebugSession: this.started.event,
      onDidTerminateDebugSession: this.ended.event,
      startDebugging: (_folder: unknown, configuration: unknown, options: { parentSession: Session }) => {
        this.starts.push({ configuration, options, parentName: options.parentSession.name });
        return this.start();
      },
      stopDebugging: (session?: Session) => {
        this.stops.push(session?.id);
        return Promise.resolve();
      },
    },
  } as unknown as Api;
}

const CONFIGURATION = { type: 'pwa-node', request: 'launch', name: 'main.js' };
/** Everything that was begun and waits for nothing from outside is done. */
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('a debug session of our own type', () => {
  let host: Debug;
  let log: KeptLog;
  let sessions: SessionStore;
  let tracks: [string, TracksDelta][];
  let own: DebugSessions;
  let parent: Session;
  let child: Session;
  beforeEach(() => {
    host = new Debug();
    log = new KeptLog();
    tracks = [];
    sessions = new SessionStore({ EventEmitter });
    own = new DebugSessions(host.api, sessions, { add: (...told) => tracks.push(told) }, log);
    parent = new Session('parent', DEBUG_TYPE, 'main.js');
    child = new Session('child', 'pwa-node', 'main.js', parent);
  });
  afterEach(() => own.dispose());
  const tell = (event: string, body?: unknown, session = parent): void => host.told.fire({ session, event, body });
  /** What the adapter was told of its child's end. */
  const childEnded = (): unknown[] =>
    parent.requests.filter(([name]) => name === Dap.childEnded).map(([, args]) => args);

  it('hears that a person stops its program by the debugger below it, and no other session does', async () => {
    own.stopRequested(new Session('alone', 'pwa-node') as unknown as vscode.DebugSession);
    own.stopRequested(child as unknown as vscode.DebugSession);
    const [[name, args]] = parent.requests as [Request];
    assert.equal(name, Dap.stopRequested);
    assert.ok((args as StopRequested).t! > 0, 'and when');
    parent.answer = () => Promise.reject(new Error('gone'));
    own.stopRequested(child as unknown as vscode.DebugSession);
    await settled();
    host.ended.fire(parent);
    own.stopRequested(child as unknown as vscode.DebugSession);
    assert.equal(parent.requests.length, 2, 'nobody is left to hear of it');
  });

  describe('and the stores', () => {
    const story = new Story().begin(1000);

    it('are fed with what its adapter tells', () => {
      const session = new ToldSession();
      tell(Dap.snapshot, session.tell(story.events).snapshot());
      tell(Dap.delta, session.delta({ now: 5000 }));
      const more: TracksDelta = { tracks: [], messagesDropped: 3 };
      tell(Dap.tracks, more);
      assert.equal(sessions.get('parent')!.now, 5000);
      assert.deepEqual(tracks, [['parent', more]]);
      assert.deepEqual(parent.requests, []);
    });

    it('hear nothing of what an adapter of another type says', () => {
      tell(Dap.snapshot, new ToldSession().snapshot(), new Session('other', 'pwa-node'));
      assert.deepEqual(sessions.choices, []);
    });

    it('get the whole picture again when a delta was missed', async () => {
      const session = new ToldSession().tell(story.events);
      const whole = session.snapshot({ now: 9000 });
      parent.answer = () => Promise.resolve(whole);
      tell(Dap.delta, session.delta());
      await settled();
      assert.deepEqual(parent.requests, [[Dap.getSnapshot, undefined]]);
      assert.equal(sessions.get('parent'), whole);
    });

    it('stay as they are when it cannot be had, and the log says so', async () => {
      parent.answer = () => Promise.reject(new Error('gone'));
      tell(Dap.delta, new ToldSession().tell(story.events).delta());
      await settled();
      assert.equal(sessions.get('parent'), undefined);
      assert.deepEqual(log.lines, ['warn: The picture of main.js could not be refreshed: gone']);
    });

    it('know that contact is lost when it ends without a last word', () => {
      tell(Dap.snapshot, new ToldSession().tell(story.events).snapshot());
      host.ended.fire(parent);
      assert.equal(sessions.get('parent')!.threads[0]!.ended!.by, 'lost-contact');
    });
  });

  describe('and its child', () => {
    const start = (noDebug = false): void => tell(Dap.startChild, { configuration: CONFIGURATION, noDebug });

    it('starts it below itself, under a name of its own meanwhile', async () => {
      start(true);
      await settled();
      const options = { parentSession: parent, compact: true, consoleMode: 1, noDebug: true };
      assert.deepEqual(host.starts, [{ configuration: CONFIGURATION, options, parentName: 'main.js (timeline)' }]);
      assert.equal(parent.name, 'main.js');
      assert.deepEqual(childEnded(), []);
    });

    it('tells its adapter why there is none, and has its own name again', async () => {
      host.start = () => Promise.resolve(false);
      start();
      await settled();
      host.start = () => Promise.reject(new Error('no such debugger'));
      start();
      await settled();
      assert.deepEqual(childEnded(), [
        { error: 'VS Code did not start it; see the message it showed.' },
        { error: 'no such debugger' },
      ]);
      assert.equal(parent.name, 'main.js');
    });

    it('stops it when the adapter asks for that, and tells that there is none', async () => {
      tell(Dap.stopChild);
      await settled();
      assert.deepEqual([host.stops, childEnded()], [[], [{}]]);
      host.started.fire(child);
      tell(Dap.stopChild);
      await settled();
      assert.deepEqual([host.stops, childEnded()], [['child'], [{}]]);
    });

    it('tells its adapter once when the program ends', () => {
      host.started.fire(child);
      host.ended.fire(child);
      host.ended.fire(child);
      assert.deepEqual(childEnded(), [{}]);
    });

    it('hears nothing of sessions below its child, and of those of others', () => {
      host.started.fire(child);
      const target = new Session('target', 'pwa-node', 'worker', child);
      const other = new Session('other', 'pwa-node', 'other', new Session('plain', 'pwa-node'));
      for (const session of [target, other]) {
        host.started.fire(session);
        host.ended.fire(session);
      }
      assert.deepEqual(childEnded(), []);
      assert.deepEqual(host.stops, []);
    });

    it('is stopped when the adapter goes away, and its end is told to nobody', () => {
      host.started.fire(child);
      host.ended.fire(parent);
      assert.deepEqual(host.stops, ['child']);
      host.ended.fire(child);
      assert.deepEqual(parent.requests, []);
    });

    it('is stopped also when it starts only after the adapter went away', () => {
      host.ended.fire(parent);
      host.started.fire(child);
      assert.deepEqual(host.stops, ['child']);
      host.ended.fire(child);
      assert.deepEqual(parent.requests, []);
    });

    it('is told of again after a restart under the same id', async () => {
      host.started.fire(child);
      host.ended.fire(parent);
      start();
      await settled();
      const second = new Session('second', 'pwa-node', 'main.js', parent);
      host.started.fire(second);
      host.ended.fire(child);
      assert.deepEqual(childEnded(), [], 'the first one’s end, told late, is not the second’s');
      host.ended.fire(second);
      assert.deepEqual(childEnded(), [{}]);
    });

    it('ends without harm when the adapter is gone by then', async () => {
      parent.answer = () => Promise.reject(new Error('closed'));
      host.started.fire(child);
      host.ended.fire(child);
      await settled();
      assert.deepEqual(log.lines, ['info: main.js was already gone when its program ended: closed']);
    });
  });

  it('is followed no more once the extension ends', () => {
    own.dispose();
    tell(Dap.snapshot, new ToldSession().snapshot());
    assert.deepEqual(sessions.choices, []);
  });
});
