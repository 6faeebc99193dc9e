// When the lenses over scripts of workers follow a run: with the texts behind lines, and not a second later.
import assert from 'node:assert/strict';
import type * as vscode from 'vscode';
import type { Snapshot } from '../../../src/protocol/picture';
import type { EditorOverlay } from '../../../src/views/overlay/editorOverlay';
import type { RunLenses } from '../../../src/views/overlay/runLenses';
import { HostApi, bundleHost } from '../../support/host';
import { EventEmitter } from '../../support/hostApi';
import { ending, processPicture, snapshotOf, thread } from '../../webview/fixtures';

const load = bundleHost<{ RunLenses: typeof RunLenses }>(['views/overlay/runLenses']);
const FILE = '/app/job.js';
const worker = (more: Partial<Parameters<typeof thread>[0]> = {}) => ({
  ...thread({ id: 1, start: 1, ...more }),
  file: FILE,
});
const live = snapshotOf([thread({ id: 0, start: 0 }), worker()], { processes: [processPicture()] });
const over = snapshotOf([thread({ id: 0, start: 0 }), worker({ ended: ending('returned', 9, 'done') })], {
  complete: true,
});

describe('the lenses over scripts of workers', () => {
  let lenses: RunLenses;
  let draw: (snapshot: Snapshot) => void;
  let asked: number;

  beforeEach(() => {
    const drawn = new EventEmitter<void>();
    const overlay = { shown: undefined as Snapshot | undefined, linesIn: () => [], onDidDraw: drawn.event };
    const { api } = new HostApi();
    const { languages } = api;
    const host = {
      ...api,
      languages: { ...languages, registerCodeLensProvider: () => ({ dispose: () => undefined }) },
      CodeLens: class {
        constructor(
          readonly range: unknown,
          readonly command: unknown,
        ) {}
      },
    };
    lenses = new (load({ vscode: host }).RunLenses)(overlay as unknown as EditorOverlay);
    asked = 0;
    lenses.onDidChangeCodeLenses(() => asked++);
    draw = (snapshot) => {
      overlay.shown = snapshot;
      drawn.fire();
    };
  });
  afterEach(() => lenses.dispose());

  const shown = (): string[] =>
    lenses
      .provideCodeLenses({ uri: { fsPath: FILE } } as unknown as vscode.TextDocument)
      .map(({ command }) => command!.title);

  it('come with the first that there is, and follow the end of a run at once', async () => {
    draw(live);
    await new Promise((soon) => setTimeout(soon, 0));
    assert.deepEqual([shown(), asked], [['1 started · 1 live'], 1]);
    draw(over);
    assert.deepEqual([shown(), asked], [['1 started · 1 ended'], 2]);
  });

  it('are asked for no more than once a second while it runs', async () => {
    draw(live);
    await new Promise((soon) => setTimeout(soon, 0));
    draw({ ...live, threads: [...live.threads, { ...worker(), key: 'another' }] });
    await new Promise((soon) => setTimeout(soon, 50));
    assert.deepEqual([shown(), asked], [['1 started · 1 live'], 1]);
  });
});
