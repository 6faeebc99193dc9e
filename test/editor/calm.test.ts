// Healthy programs of published packages, under F5 and stopped by Stop: nothing of them is told as lost.
import assert from 'node:assert/strict';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { outcomeOf } from '../../src/model/report/outcome';
import type { Snapshot } from '../../src/protocol/picture';
import { packagesFolder } from '../support/packages.mjs';
import { timelineFrame, workbenchPage } from '../support/page';
import { SIDEBAR } from './shown';
import { Sessions, start, until } from './support';

/** Printed last by a program that would never end. */
const HANGS = 'hangs';
const FETCH_DEADLINE_MS = 300_000;

let sessions: Sessions;
let programs: string;
/** What the debugged programs print. */
const printed = new vscode.EventEmitter<string>();
let listening: vscode.Disposable;

before(async function () {
  this.timeout(FETCH_DEADLINE_MS);
  programs = await packagesFolder();
  listening = vscode.debug.registerDebugAdapterTrackerFactory('*', {
    createDebugAdapterTracker: () => ({
      onDidSendMessage: ({ event, body }: { event?: string; body?: { output?: string } }) => {
        if (event === 'output') printed.fire(body?.output ?? '');
      },
    }),
  });
});
beforeEach(() => (sessions = new Sessions()));
afterEach(async () => {
  await Promise.resolve(vscode.debug.stopDebugging()).catch(() => undefined);
  await sessions.allEnded();
  sessions.dispose();
});
after(() => void listening.dispose());

const tool = (file: string): string => path.join(programs, '..', 'node_modules', file);

async function ended(): Promise<Snapshot> {
  const isOver = (): Snapshot | undefined => (sessions.picture?.complete ? sessions.picture : undefined);
  return sessions.until('the end of the program', isOver);
}

/** Neither an ending, nor a finding, nor a problem, nor the verdict; nor is there anything in the window. */
async function assertNothingRed(picture: Snapshot): Promise<void> {
  assert.notEqual(outcomeOf(picture).severity, 'error', outcomeOf(picture).text);
  const red = [
    ...picture.threads.flatMap(({ label, ended }) => (ended?.severity === 'error' ? label : [])),
    ...picture.findings.flatMap(({ severity, text }) => (severity === 'error' ? text : [])),
    ...vscode.languages
      .getDiagnostics()
      .flatMap(([, problems]) => problems)
      .flatMap(({ severity, message }) => (severity === vscode.DiagnosticSeverity.Error ? message : [])),
  ];
  assert.deepEqual(red, []);
  assert.deepEqual(await redInWindow(), []);
}

/** Counts in the timeline's header, marks beside lanes, and notifications. */
async function redInWindow(): Promise<string[]> {
  const page = await workbenchPage();
  await vscode.commands.executeCommand('threadLifelines.showTimeline');
  const timeline = await timelineFrame(page, SIDEBAR);
  await timeline.locator('.dot[aria-label="ended"]').waitFor();
  return [
    ...(await timeline.locator('.counts :is(.lost, .errors)').allTextContents()),
    ...(await timeline.locator('.finding-mark[data-severity="error"]').all()).map(() => 'a mark beside a lane'),
    ...(await page.locator('.notification-toast', { hasText: /Thread Lifelines|lost|failed/ }).allTextContents()),
  ];
}

const VITEST = { program: ['vitest/vitest.mjs'], args: ['run', '--config', 'config.mjs'], cwd: 'vitest' };

describe('a healthy run', () => {
  for (const [name, file] of [
    ['pino', 'pino.js'],
    ['piscina', 'piscina.js'],
    ['fastify', 'fastify.js'],
    ['vite', 'viteBuild.mjs'],
  ] as const) {
    it(`of ${name} shows nothing red when it ends`, async () => {
      assert.ok(await start({ name, program: path.join(programs, file), cwd: programs }));
      await assertNothingRed(await ended());
    });
  }

  it('of vitest shows nothing red when it ends', async () => {
    const args = [...VITEST.args, 'first', 'second'];
    assert.ok(await start({ program: tool(VITEST.program[0]!), args, cwd: path.join(programs, VITEST.cwd) }));
    await assertNothingRed(await ended());
  });

  for (const [name, configuration] of [
    ['pino', { program: 'pinoServes.js' }],
    ['piscina', { program: 'piscinaSignal.js' }],
    ['fastify', { program: 'fastify.js', args: ['serve'] }],
    ['vite', { program: 'viteServes.mjs' }],
    ['vitest', { program: '../node_modules/vitest/vitest.mjs', args: [...VITEST.args, 'endless'], cwd: VITEST.cwd }],
  ] as const) {
    it(`of ${name} is neutral when the person stops it`, async () => {
      const { program, cwd = '', ...more } = { cwd: undefined, outputCapture: 'std', ...configuration };
      let text = '';
      const hangs = until(
        `what ${name} prints`,
        (again) => [printed.event((more) => ((text += more), again()))],
        () => text.includes(HANGS),
      );
      const folder = path.join(programs, cwd);
      assert.ok(await start({ name, program: path.join(programs, program), cwd: folder, ...more }));
      await hangs;
      await vscode.debug.stopDebugging(sessions.own);
      const picture = await ended();
      await assertNothingRed(picture);
      assert.equal(outcomeOf(picture).severity, 'info', outcomeOf(picture).text);
      assert.deepEqual(picture.findings, []);
    });
  }
});
