// From our launch options to the configuration of js-debug's session that really runs the program. Checks first what
// would otherwise fail later with a message that helps nobody.
import * as fs from 'node:fs';
import * as path from 'node:path';
import { errorCode, messageOf } from '../common/humanError';
import type { ChildConfiguration, LaunchOptions } from '../protocol/adapterEvents';
import { readEnvFile } from '../transport/probes/launchEnvironment';
import type { ProbeSetup } from '../transport/probes/probe';
import { probeFor, withProbes } from '../transport/probes/probes';
import * as errors from './errors';

/** Options that are ours alone, and those that VS Code adds for its own use. */
const NOT_PASSED_ON = [
  ...['timeline', 'debugger', 'type', 'request'],
  ...['__childBy', '__debuggers', '__storage', '__sessionId', '__configurationTarget'],
];
/** As a debugger, of a program that is to run without one. */
const NO_DEBUGGER = 'none';

/** Debug type of the session in which the program runs; undefined: the adapter runs it itself. */
export function debuggerFor(options: LaunchOptions): string | undefined {
  const { launch } = probeFor(options);
  if (!launch.words) return launch.types[0];
  if (options.debugger) return options.debugger === NO_DEBUGGER ? undefined : options.debugger;
  return launch.types.find((type) => options.__debuggers?.includes(type));
}

export interface Refusal {
  error: errors.AdapterError;
}

/** What is wrong with the options, or undefined. Looks at the file system. */
export function checkLaunch(options: LaunchOptions): Refusal | undefined {
  for (const option of ['activityLimit', 'ringRecords', 'keepEndedThreads'] as const) {
    const value: unknown = options.timeline?.[option];
    if (value !== undefined && !isCount(value)) return { error: errors.badLimit(option) };
  }
  if (!options.program && !options.runtimeExecutable && !options.module) return { error: errors.noProgram() };
  const cwd = workingFolder(options);
  if (options.cwd && !isFolder(cwd)) return { error: errors.cwdMissing(cwd) };
  if (options.program) {
    const program = path.resolve(cwd, options.program);
    if (!probeFor(options).launch.endings.some((ending) => fs.existsSync(program + ending))) {
      return { error: errors.programMissing(program) };
    }
  }
  return checkRuntime(options, cwd);
}

function checkRuntime(options: LaunchOptions, cwd: string): Refusal | undefined {
  const { launch } = probeFor(options);
  const isFoundByDebugger = launch.words !== undefined && debuggerFor(options) !== undefined;
  const runtime = isFoundByDebugger ? undefined : launch.command(options);
  if (runtime === undefined) return undefined;
  const searchPath = options.env?.['PATH'] ?? options.env?.['Path'] ?? process.env['PATH'] ?? '';
  return findRuntime(runtime, cwd, searchPath) ? undefined : { error: errors.runtimeMissing(runtime, launch.advice()) };
}

/** Where the runtime is, as a shell would find it; undefined when nowhere. */
export function findRuntime(runtime: string, cwd: string, searchPath: string): string | undefined {
  const endings = process.platform === 'win32' ? ['', '.exe', '.cmd', '.bat'] : [''];
  const folders = /[\\/]/.test(runtime)
    ? [cwd]
    : [...searchPath.split(path.delimiter), path.join(cwd, 'node_modules', '.bin')];
  for (const folder of folders) {
    for (const ending of endings) {
      const file = path.resolve(folder || '.', runtime + ending);
      if (isFile(file)) return file;
    }
  }
  return undefined;
}

/** The child's configuration: the person's own options, and the probe in the environment. */
export function childConfiguration(options: LaunchOptions, setup: ProbeSetup): ChildConfiguration | Refusal {
  const cwd = workingFolder(options);
  const refusal = checkEnvFile(options, cwd);
  if (refusal) return refusal;
  const rest = Object.fromEntries(Object.entries(options).filter(([key]) => !NOT_PASSED_ON.includes(key)));
  const probe = probeFor(options);
  const type = debuggerFor(options);
  const configuration = {
    cwd,
    ...(type === undefined ? rest : (probe.launch.forDebugger?.(rest) ?? rest)),
    ...(options.program ? { program: path.resolve(cwd, options.program) } : {}),
    type: type ?? probe.launch.types[0]!,
    request: 'launch' as const,
    name: options.name ?? 'program',
  };
  return withProbes(configuration, probe, { ...setup, settings: options.timeline });
}

/** Even where `env` wins over it: js-debug reads it too, and fails on a bad one without saying what to do. */
function checkEnvFile({ envFile }: LaunchOptions, cwd: string): Refusal | undefined {
  if (!envFile) return undefined;
  const file = path.resolve(cwd, envFile);
  try {
    readEnvFile(file);
    return undefined;
  } catch (error) {
    return { error: errors.envFileUnreadable(file, errorCode(error) ?? messageOf(error)) };
  }
}

/** VS Code fills `cwd` in; other clients may leave it to us. */
function workingFolder({ cwd, program }: LaunchOptions): string {
  if (cwd) return path.resolve(cwd);
  return program && path.isAbsolute(program) ? path.dirname(program) : process.cwd();
}

const isCount = (value: unknown): boolean => typeof value === 'number' && Number.isFinite(value) && value >= 0;
const isFolder = (file: string): boolean => fs.statSync(file, { throwIfNoEntry: false })?.isDirectory() ?? false;
const isFile = (file: string): boolean => fs.statSync(file, { throwIfNoEntry: false })?.isFile() ?? false;
