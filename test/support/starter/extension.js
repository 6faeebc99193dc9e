// Runs in the extension host of the VS Code that `npm start` opens, from a folder of its own that it shares with
// start.mjs: shows the timeline, starts the program, and tells by files how that went.
'use strict';
const fs = require('node:fs');
const path = require('node:path');
const vscode = require('vscode');

const note = (name) => path.join(__dirname, name);

exports.activate = async (context) => {
  quitWhenAsked(context);
  // A window that is only reloaded must not start the program again.
  if (context.workspaceState.get('started')) return;
  await context.workspaceState.update('started', true);
  const configuration = JSON.parse(fs.readFileSync(note('configuration.json'), 'utf8'));
  if (isFirstWindow()) tellTheEnd(context);
  else delete configuration.timeline; // the recording is the first window's
  try {
    await vscode.commands.executeCommand('workbench.view.extension.threadLifelines');
    const started = await vscode.debug.startDebugging(vscode.workspace.workspaceFolders?.[0], configuration);
    if (!started) finish({ error: 'VS Code did not start the debug session' });
  } catch (error) {
    finish({ error: String(error?.message ?? error) });
  }
};

function isFirstWindow() {
  try {
    fs.closeSync(fs.openSync(note('started'), 'wx'));
    return true;
  } catch {
    return false; // it exists
  }
}

function tellTheEnd(context) {
  const listener = vscode.debug.onDidTerminateDebugSession((session) => {
    if (session.type === 'thread-lifelines') finish({});
  });
  context.subscriptions.push(listener);
}

/** Only the first word counts. */
function finish(result) {
  if (!fs.existsSync(note('done'))) leave('done', result);
}

/** Written beside and renamed, because start.mjs reads it the moment it is there. */
function leave(name, content) {
  fs.writeFileSync(note(`${name}.part`), JSON.stringify(content));
  fs.renameSync(note(`${name}.part`), note(name));
}

/** Returns what resolves once no debug session lives. */
function followSessions(context) {
  const live = new Set();
  let onEnd = () => undefined;
  context.subscriptions.push(
    vscode.debug.onDidStartDebugSession(({ id }) => live.add(id)),
    vscode.debug.onDidTerminateDebugSession(({ id }) => live.delete(id) && onEnd()),
  );
  return () =>
    new Promise((resolve) => {
      onEnd = () => live.size === 0 && resolve();
      onEnd();
    });
}

/** A debugger that is ended from outside leaves sockets behind, and a desktop window may not even be found. */
function quitWhenAsked(context) {
  const allEnded = followSessions(context);
  const watcher = fs.watch(__dirname, async () => {
    if (!fs.existsSync(note('quit'))) return;
    watcher.close();
    await vscode.debug.stopDebugging();
    await allEnded(); // that they were asked to does not mean that they have cleaned up
    leave('quitting', {});
    if (vscode.env.uiKind === vscode.UIKind.Desktop) await vscode.commands.executeCommand('workbench.action.quit');
  });
  context.subscriptions.push({ dispose: () => watcher.close() });
}
