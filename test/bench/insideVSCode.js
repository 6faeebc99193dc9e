// Runs inside VS Code's extension host, as a suite of tests would: the same programs under VS Code's own JavaScript
// debugger. Leaves the times in the file BENCH_RESULT: program → mode → numbers. Modes alternate.
'use strict';
const { spawnSync } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');
const vscode = require('vscode');

const ROUNDS = 7;
const PROGRAMS = ['spawnToExit', 'pingPong'];

async function underDebugger(program, env) {
  let text = '';
  const tracker = vscode.debug.registerDebugAdapterTrackerFactory('pwa-node', {
    createDebugAdapterTracker: () => ({
      onDidSendMessage(message) {
        if (message.event === 'output' && message.body.category === 'stdout') text += message.body.output;
      },
    }),
  });
  const configuration = { type: 'pwa-node', request: 'launch', name: 'bench', program, env };
  const { promise: ended, resolve } = withResolvers();
  let root;
  const starts = vscode.debug.onDidStartDebugSession((session) => (root ??= session));
  const ends = vscode.debug.onDidTerminateDebugSession((session) => session === root && resolve());
  await vscode.debug.startDebugging(undefined, configuration);
  await ended;
  for (const disposable of [tracker, starts, ends]) disposable.dispose();
  return Number(/[\d.]+/.exec(text)?.[0]);
}

function withResolvers() {
  let resolve;
  const promise = new Promise((done) => (resolve = done));
  return { promise, resolve };
}

const bare = (node, program) => Number(spawnSync(node, [program], { encoding: 'utf8' }).stdout);

exports.run = async () => {
  const node = process.env.BENCH_NODE;
  const probe = {
    NODE_OPTIONS: `--require=${process.env.BENCH_PROBE}`,
    THREAD_LIFELINES_SPOOL: process.env.BENCH_SPOOL,
  };
  const results = {};
  for (const name of PROGRAMS) {
    const program = path.join(__dirname, 'programs', `${name}.js`);
    const times = (results[name] = { bare: [], attached: [], attachedWithProbe: [] });
    for (let i = 0; i < ROUNDS; i++) {
      times.bare.push(bare(node, program));
      times.attached.push(await underDebugger(program, {}));
      times.attachedWithProbe.push(await underDebugger(program, probe));
    }
  }
  fs.writeFileSync(process.env.BENCH_RESULT, JSON.stringify(results));
};
