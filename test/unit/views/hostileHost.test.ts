// What VS Code is given to show of a program, or of a recording, that calls all it has something hostile.
import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import type { Snapshot } from '../../../src/protocol/picture';
import type { Hands } from '../../../src/sessions/actions/hands';
import type { SessionStore } from '../../../src/sessions/stores/sessionStore';
import type { registerCommands } from '../../../src/views/commands';
import type { tellOfLostWork } from '../../../src/views/lostNotice';
import type { openSite } from '../../../src/views/openSite';
import type { RunFindings } from '../../../src/views/overlay/runFindings';
import { site } from '../../support/events';
import { HostApi, bundleHost } from '../../support/host';
import { KeptLog } from '../../support/hostApi';
import { ACTS, HOSTILE, ICON, NOTIFICATION_LINK, UNSEEN } from '../../support/hostileText';
import { ending, finding, processPicture, snapshotOf, thread } from '../../webview/fixtures';

interface Host {
  openSite: typeof openSite;
  Hands: typeof Hands;
  SessionStore: typeof SessionStore;
  RunFindings: typeof RunFindings;
  registerCommands: typeof registerCommands;
  tellOfLostWork: typeof tellOfLostWork;
}
const FILES = [
  'views/openSite',
  'views/commands',
  'views/lostNotice',
  'views/overlay/runFindings',
  'sessions/actions/hands',
  'sessions/stores/sessionStore',
];

const live = (text: string): Snapshot =>
  snapshotOf(
    [thread({ id: 0, start: 0 }), thread({ id: 1, start: 10, label: text, startSite: { ...site(3), file: text } })],
    { title: text, processes: [processPicture()] },
  );
const lost = (text: string, file: string): Snapshot =>
  snapshotOf(
    [
      thread({ id: 0, start: 0 }),
      thread({ id: 1, start: 10, label: text, ended: ending('main-exit', 20, text, { severity: 'error' }) }),
    ],
    {
      complete: true,
      processes: [processPicture()],
      findings: [
        finding('lost-with-owner', {
          severity: 'error',
          at: { ...site(3), file },
          text: `It is ${text}.`,
          advice: `Change ${text}.`,
          related: [{ text, at: { ...site(4), file } }],
        }),
      ],
    },
  );

describe('what the host shows of a hostile program', () => {
  /** Paths that were looked at. */
  let touched: string[];
  let host: HostApi;
  let built: Host;
  let sessions: SessionStore;

  let load: (modules: Record<string, unknown>) => Host;
  before(() => (load = bundleHost<Host>(FILES)));
  beforeEach(begin);

  function begin(): void {
    touched = [];
    host = new HostApi();
    const statSync = (file: string) => (touched.push(file), fs.statSync(file));
    built = load({ 'node:fs': { ...fs, statSync }, vscode: host.api });
    sessions = new built.SessionStore(host.api);
  }

  /** What a debugger that can do all answers, for whichever thread. */
  function commands(answer: () => Promise<unknown>, recording = 'x'): void {
    const controls = { session: {}, profile: answer, heapSnapshot: answer, callWorker: answer, pause: answer };
    const debuggers = { find: () => Promise.resolve(controls) };
    const shown = {
      get shown() {
        return sessions.chosen;
      },
      titleOf: () => sessions.chosen?.snapshot.title,
      sessionOf: () => sessions.chosen?.id,
    };
    const notes = { tell: () => Promise.resolve() };
    const hands = new built.Hands(shown, debuggers as never, notes as never, () => Promise.resolve(undefined));
    const file = host.api.Uri.file(`/storage/${recording}.lifelines`);
    const read = (_: unknown, onPart: (tracks: unknown, share: number) => void) => {
      onPart({}, 0.5);
      return Promise.reject(new Error(recording));
    };
    built.registerCommands({
      sessions,
      hands,
      tracks: { forget: () => undefined, add: () => undefined },
      recordings: { list: () => [file], nameOf: () => recording, read },
      storage: host.api.Uri.file('/storage'),
      log: new KeptLog(),
    } as never);
  }
  const run = (name: string, ...args: unknown[]) => host.commands.get(`threadLifelines.${name}`)!(...args);

  const deeds: Record<string, (text: string) => Promise<unknown>> = {
    'a place that cannot be opened': (text) => {
      host.open = () => Promise.reject(new Error(`no ${text}`));
      return built.openSite({ ...site(3), file: `/src/${text}` }, new KeptLog() as never);
    },
    'a place that is no file': (text) =>
      built.openSite({ ...site(3), file: `command:${text}` }, new KeptLog() as never),
    'the progress of a profile': (text) => {
      sessions.setSnapshot('s', live(text));
      commands(() => Promise.reject(new Error(text)));
      return run('profileThread', live(text).threads[1]!.key);
    },
    'the progress of a heap snapshot, and where it is': (text) => {
      sessions.setSnapshot('s', live(text));
      commands(() => Promise.resolve('gone'));
      return run('takeHeapSnapshot', live(text).threads[1]!.key);
    },
    'a hand that fails': (text) => {
      sessions.setSnapshot('s', live(text));
      commands(() => Promise.reject(new Error(text)));
      return run('terminateThread', live(text).threads[1]!.key);
    },
    'the choice of a worker': (text) => {
      sessions.setSnapshot('s', live(text));
      commands(() => Promise.resolve());
      return run('pauseThread');
    },
    'the choice of a recording, its progress and its failure': (text) => {
      commands(() => Promise.resolve(), text);
      return run('openRecording');
    },
    'work that was lost': (text) => {
      built.tellOfLostWork(sessions);
      sessions.setSnapshot('s', live(text));
      sessions.setSnapshot('s', lost(text, '/app/main.js'));
      return Promise.resolve();
    },
    'a problem': (text) => {
      const file = path.join(fs.realpathSync(os.tmpdir()), 'main.js');
      host.workspaceFolder = path.dirname(file);
      fs.writeFileSync(file, '');
      fs.utimesSync(file, 0, 0);
      sessions.setSnapshot('s', lost(text, file));
      drawn();
      return Promise.resolve();
    },
  };

  function drawn(): void {
    const findings = new built.RunFindings(sessions, host.api.Uri.file('/docs') as never);
    (findings as unknown as { draw(): void }).draw();
    findings.dispose();
  }

  for (const [what, deed] of Object.entries(deeds))
    it(`has no link, no command, no icon and no control in ${what}`, async () => {
      await deed('harmless');
      assert.ok(
        host.told.some(({ text }) => text.includes('harmless')),
        JSON.stringify(host.told),
      );
      for (const [kind, text] of Object.entries(HOSTILE)) {
        begin();
        await deed(text);
        assert.ok(host.told.length > 0);
        for (const { at, text: told } of host.told) {
          assert.doesNotMatch(told, ACTS, kind);
          assert.doesNotMatch(told, UNSEEN, kind);
          if (at === 'notification' || at === 'progress') assert.doesNotMatch(told, NOTIFICATION_LINK, kind);
          if (at === 'items' || at === 'status') assert.doesNotMatch(told.replace('$(folder-opened)', ''), ICON, kind);
          assert.ok([...told].length <= 5000, kind);
        }
      }
    });

  it('has one problem of all findings of a rule on a line, and keeps which it has', () => {
    const file = path.join(fs.realpathSync(os.tmpdir()), 'main.js');
    host.workspaceFolder = path.dirname(file);
    fs.writeFileSync(file, '');
    fs.utimesSync(file, 0, 0);
    const [one] = lost('first', file).findings;
    const findings = [
      one!,
      { ...one!, text: 'It is second.' },
      { ...one!, rule: 'task-cut-off' as const },
      { ...one!, at: { ...site(4), file } },
    ];
    sessions.setSnapshot('s', { ...lost('x', file), findings });
    const shown = new built.RunFindings(sessions, host.api.Uri.file('/docs') as never);
    (shown as unknown as { draw(): void }).draw();
    assert.deepEqual(shown.shown.get(`file://${file}`), [
      { line: 2, rule: 'lost-with-owner' },
      { line: 2, rule: 'task-cut-off' },
      { line: 3, rule: 'lost-with-owner' },
    ]);
    assert.match(host.told.find(({ at }) => at === 'problem')!.text, /It is first\. And 1 more\. Change first\.$/);
    shown.dispose();
  });

  it('says of a step of the walkthrough that it is done only when its command has done it', async () => {
    commands(() => Promise.resolve());
    let isShown = false;
    built.registerCommands({
      sessions,
      demos: { node: host.api.Uri.file('/demo/main.js'), python: host.api.Uri.file('/demo/main.py') },
      reports: { show: () => Promise.resolve() },
      overlay: { dismiss: () => isShown },
      log: new KeptLog(),
    } as never);
    const done = async (name: string): Promise<boolean> => {
      host.executed.length = 0;
      await run(name);
      return host.executed.some(([what, key]) => what === 'setContext' && key === `threadLifelines.${name}.succeeded`);
    };
    const all = ['runDemo', 'runPythonDemo', 'dismissOverlay', 'showReport', 'debugFile'];
    for (const name of all) assert.equal(await done(name), false, name);
    [host.starts, isShown] = [true, true];
    sessions.setSnapshot('s', live('x'));
    sessions.choose('s');
    for (const name of all.slice(0, 4)) assert.equal(await done(name), true, name);
    assert.equal(await done('debugFile'), false, 'no file is open');
  });

  it('looks at no path of it but those of files of the workspace', () => {
    const elsewhere = [
      '/etc/passwd',
      '\\\\server\\share\\main.js',
      '//server/share/main.js',
      'file://server/share/main.js',
      '/workspace/../etc/passwd',
      'main.js',
    ];
    for (const file of elsewhere) {
      sessions.setSnapshot('s', lost('x', file));
      drawn();
      assert.deepEqual(touched, [], file);
    }
    sessions.setSnapshot('s', lost('x', '/workspace/main.js'));
    drawn();
    assert.deepEqual(touched, ['/workspace/main.js']);
  });
});
