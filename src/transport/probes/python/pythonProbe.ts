// Python's probe: a folder at the front of PYTHONPATH, of which Python loads `sitecustomize` at its start.
import * as path from 'node:path';
import { ACTIVITY_VARIABLE, SPOOL_VARIABLE, activityText } from '../../../protocol/spool';
import { t } from '../../../common/l10n';
import { ownVariable, spoolOf } from '../launchEnvironment';
import type { LaunchConfiguration, Probe, ProbeSetup } from '../probe';
import { DEBUGPY_TYPES } from './debugpyConfiguration';
import { isolationText } from './isolation';

/** Folder of the probe. Nothing else may be in it: what a program imports is looked for there first. */
export const pythonProbeFolder = (bundles: string): string => path.join(bundles, 'python');

export const pythonProbe: Probe = {
  runtime: 'python',
  debugTypes: DEBUGPY_TYPES,
  launch: {
    takes: ({ program, python, module }) =>
      typeof python === 'string' ||
      typeof module === 'string' ||
      (typeof program === 'string' && PROGRAM.test(program)),
    advice: () => t('Install Python 3.8 or newer and put it on the PATH, or set "python" in launch.json to its path.'),
    types: DEBUGPY_TYPES,
    forDebugger,
    command: ({ python, runtimeExecutable }) => textOf(python) ?? textOf(runtimeExecutable) ?? DEFAULT_COMMAND,
    endings: ['', '.py'],
    words: ({ program, module, args, pythonArgs, runtimeArgs }) => [
      '-u', // or what it prints would be read at its end alone
      ...wordsIn(pythonArgs ?? runtimeArgs),
      ...(typeof module === 'string' ? ['-m', module] : wordsIn([program])),
      ...wordsIn(args),
    ],
  },
  environment: ({ bundles, spool, settings }, own) => {
    const activity = activityText(settings ?? {});
    return {
      ...pythonPath(pythonProbeFolder(bundles), own['PYTHONPATH']),
      [SPOOL_VARIABLE]: spool,
      ...(activity === undefined ? {} : { [ACTIVITY_VARIABLE]: activity }),
    };
  },
  // Nothing may be added to a variable that may be empty: an empty folder in it is the working folder.
  inTerminals: (bundles, own) => ({ replaced: pythonPath(pythonProbeFolder(bundles), own['PYTHONPATH']) }),
  leavesAlone: (configuration) => configuration.request !== 'launch' || spoolOf(configuration) !== undefined,
  withProbe,
  obstacle: isolationText,
};

/** Its names for what our own type calls as js-debug does; the program's output is shown where that of Node's programs is. */
function forDebugger({
  runtimeExecutable,
  runtimeArgs,
  args,
  console,
  ...rest
}: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const python = textOf(rest['python']) ?? textOf(runtimeExecutable);
  const pythonArgs = wordsIn(rest['pythonArgs'] ?? runtimeArgs);
  return {
    ...rest,
    ...(python === undefined ? {} : { python }),
    ...(pythonArgs.length > 0 ? { pythonArgs } : {}),
    ...(args === undefined ? {} : { args: wordsIn(args) }),
    console: console ?? 'internalConsole',
  };
}

const DEFAULT_COMMAND = process.platform === 'win32' ? 'python' : 'python3';
/** Files, folders and archives that are given to Python by such a name. */
const PROGRAM = /\.py[wz]?$/i;

const textOf = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

/** A list as it is; a line as a shell would take it apart that knows quotes alone. */
function wordsIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.filter((word): word is string => typeof word === 'string');
  if (typeof value !== 'string') return [];
  return [...value.matchAll(/(?:"[^"]*"|'[^']*'|[^\s"'])+/g)].map(([word]) =>
    word.replace(/"([^"]*)"|'([^']*)'/g, '$1$2'),
  );
}

function withProbe<C extends LaunchConfiguration>(configuration: C, setup: ProbeSetup, folder = '.'): C {
  const { cwd, env } = configuration;
  const pythonPath = ownVariable('PYTHONPATH', configuration, typeof cwd === 'string' ? cwd : folder);
  const own = pythonPath === undefined ? {} : { PYTHONPATH: pythonPath };
  return { ...configuration, env: { ...env, ...pythonProbe.environment(setup, own) } };
}

/** @param own the program's own folders, which stay; an empty one among them would be the working folder */
function pythonPath(folder: string, own: string | undefined): { PYTHONPATH?: string } {
  if (folder.includes(path.delimiter)) return {}; // it would be taken for two
  return { PYTHONPATH: own ? `${folder}${path.delimiter}${own}` : folder };
}
