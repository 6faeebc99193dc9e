// Runs in the extension host of the VS Code under test.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';

describe('The extension in VS Code', () => {
  it('activates, and has every command that its manifest names', async () => {
    const extension = vscode.extensions.getExtension('thread-lifelines.thread-lifelines');
    assert.ok(extension, 'VS Code did not load the extension');
    await extension.activate();
    const named = commandsOf(extension.packageJSON).map(({ command }) => command);
    const known = new Set(await vscode.commands.getCommands(true));
    assert.ok(named.length > 0);
    assert.deepEqual(
      named.filter((command) => !known.has(command)),
      [],
    );
  });
});

function commandsOf(manifest: unknown): { command: string }[] {
  return (manifest as { contributes: { commands: { command: string }[] } }).contributes.commands;
}
