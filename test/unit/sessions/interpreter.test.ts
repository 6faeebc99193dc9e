// Which Python runs a program that names none, by what the Python extension would answer: it cannot be had everywhere.
import assert from 'node:assert/strict';
import type { chosenInterpreter } from '../../../src/sessions/configurations/interpreter';
import { HostApi, bundleHost } from '../../support/host';

const PROGRAM = { type: 'thread-lifelines', request: 'launch', name: 'x', program: '/app/main.py' };
const FOLDER = { fsPath: '/app' };

describe('the interpreter of a Python program that no debugger runs', () => {
  let load: (modules: Record<string, unknown>) => { chosenInterpreter: typeof chosenInterpreter };
  before(() => (load = bundleHost(['sessions/configurations/interpreter'])));

  /** @param resolve in place of the extension's; without it there is no such extension */
  function chosen(
    resolve: (() => Promise<unknown>) | undefined,
    configuration: object = {},
    debuggers: string[] = [],
  ): Promise<string | undefined> {
    const environments = {
      getActiveEnvironmentPath: (scope: unknown) => (assert.equal(scope, FOLDER), { path: 'chosen' }),
      resolveEnvironment: ({ path }: { path: string }) => (assert.equal(path, 'chosen'), resolve!()),
    };
    const extension = { isActive: false, activate: () => Promise.resolve(), exports: { environments } };
    const extensions = { getExtension: (id: string) => (resolve && id === 'ms-python.python' ? extension : undefined) };
    const { chosenInterpreter: choose } = load({ vscode: { ...new HostApi().api, extensions } });
    return choose({ ...PROGRAM, ...configuration }, debuggers, FOLDER as never);
  }
  const venv = () => Promise.resolve({ executable: { uri: { fsPath: '/app/.venv/bin/python' } } });

  it('is the one that the person has chosen for that folder', async () => {
    assert.equal(await chosen(venv), '/app/.venv/bin/python');
  });

  it('is left to its default without the extension, and where that fails or knows none', async () => {
    assert.equal(await chosen(undefined), undefined);
    assert.equal(await chosen(() => Promise.reject(new Error('no'))), undefined);
    assert.equal(await chosen(() => Promise.resolve(undefined)), undefined);
    assert.equal(await chosen(() => Promise.resolve({ executable: {} })), undefined);
  });

  it('is not asked for where the configuration names one, a debugger asks for itself, or the program is not Python', async () => {
    const never = () => assert.fail('it was asked');
    assert.equal(await chosen(never, { python: '/usr/bin/python3' }), undefined);
    assert.equal(await chosen(never, {}, ['debugpy']), undefined);
    assert.equal(await chosen(never, { program: '/app/main.js' }), undefined);
  });
});
