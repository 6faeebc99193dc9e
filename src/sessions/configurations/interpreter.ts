// Which Python a person has chosen in the Python extension, where there is one.
import { PythonExtension } from '@vscode/python-extension';
import type * as vscode from 'vscode';
import { probeFor } from '../../transport/probes/probes';

/**
 * For a Python program that names none and that no debugger runs: debuggers ask for themselves. Undefined where none is chosen, or
 * nobody can be asked.
 */
export async function chosenInterpreter(
  configuration: vscode.DebugConfiguration,
  debuggers: readonly string[],
  scope: vscode.Uri | undefined,
): Promise<string | undefined> {
  const { runtime, launch } = probeFor(configuration);
  if (runtime !== 'python' || configuration['python'] || configuration['runtimeExecutable']) return undefined;
  if (launch.types.some((type) => debuggers.includes(type))) return undefined;
  try {
    const { environments } = await PythonExtension.api();
    const found = await environments.resolveEnvironment(environments.getActiveEnvironmentPath(scope));
    return found?.executable.uri?.fsPath;
  } catch {
    return undefined; // it is not installed, or it failed
  }
}
