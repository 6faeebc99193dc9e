// Brings Debian's debugpy into the VS Code of the tests, as the Python extension brings in its own: launches by an adapter that it
// starts, attaches by a port, and has a session for each child process that debugpy tells of.
'use strict';
const path = require('node:path');
const vscode = require('vscode');

const TYPE = 'debugpy';
/** The interpreter, and the folder with the package `debugpy` in it, which its test sets. */
const used = () => ({ python: process.env['TEST_PYTHON'], folder: process.env['TEST_DEBUGPY'] });

exports.activate = ({ subscriptions }) => {
  subscriptions.push(
    vscode.debug.registerDebugAdapterDescriptorFactory(TYPE, { createDebugAdapterDescriptor: adapterOf }),
    vscode.debug.onDidReceiveDebugSessionCustomEvent(({ session, event, body }) => {
      if (event === 'debugpyAttach') void startChild(session, body);
    }),
  );
};

function adapterOf({ configuration }) {
  const { request, connect } = configuration;
  if (request === 'attach' && connect) return new vscode.DebugAdapterServer(Number(connect.port), connect.host);
  const { python, folder } = used();
  const script = path.join(folder, 'debugpy', 'adapter');
  const env = { DEBUGPY_PROCESS_SPAWN_TIMEOUT: '60' }; // it gives up after 15 s, which a busy machine may need
  return new vscode.DebugAdapterExecutable(python, ['-Xfrozen_modules=off', script], { env });
}

const startChild = (parentSession, configuration) =>
  vscode.debug.startDebugging(
    parentSession.workspaceFolder,
    { ...configuration, type: TYPE, request: 'attach' },
    { parentSession, lifecycleManagedByParent: true },
  );
