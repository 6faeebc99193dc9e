// The options and arguments of the command line.
import { parseArgs, type ParseArgsConfig } from 'node:util';
import { HumanError, messageOf } from '../common/humanError';
import { FAIL_ON_WORDS, type FailOn } from './failOn';

export const USAGE = `Usage:
  thread-lifelines record [--out FILE] [--json] [--fail-on WHAT] [--activity MIB]
                          [--keep-threads N] [--asyncio-tasks] -- COMMAND [ARGUMENT...]
      Run a command and record the threads of every Node and Python program it starts. Output,
      signals and exit code pass through; the exit report goes to standard error. If the program goes
      on after Ctrl+C, a line says at once why it is still alive.
  thread-lifelines report FILE|DIRECTORY [--json | --snapshot] [--fail-on WHAT]
                          [--keep-threads N]
      Print the exit report of a recording, or of a directory made with "env".
  thread-lifelines env [--out DIRECTORY] [--activity MIB] [--asyncio-tasks]
      Print the environment variables, as NAME=value lines, that make any Node or Python
      program record its threads into the directory.
  thread-lifelines stacks PID [--spool DIRECTORY] [--json]
      Print where each worker of a program that runs is, without a debugger. It must have been
      started with "record", by VS Code, or with the variables of "env" (name its directory).
      Main asks the others, so it must turn its event loop.
  thread-lifelines lint [PATH...] [--json | --sarif]
      Find mistakes with threads in source files without running them: in these files and
      folders, or in the current folder. Exits with code 1 if there is a warning or an error.
      Skips links, hidden folders, node_modules and what .gitignore names.
  --json
      Print the report as JSON, for other programs.
  --fail-on WHAT
      Exit with code 3 if the report has such a finding and the program itself exited with
      code 0. WHAT is a comma-separated list of rules (cut-off-while-writing, held-by-worker,
      ...), categories (cut-off, never-exits, failure, load) and severities (error, warning,
      info). A severity includes those above it.
  --activity MIB
      How much activity (messages, waits, writes) to keep for each process; the oldest is
      dropped first. The default is 64; 0 records none.
  --asyncio-tasks
      Record each task of Python's asyncio too, from Python 3.12 on.
  --keep-threads N
      How many ended threads the report lists one by one. Those that ended earlier are grouped
      by the line that started them. The default is 5000.
  thread-lifelines --help | --version
`;

export class UsageError extends HumanError {}

export type Command =
  | {
      kind: 'record';
      out?: string;
      json: boolean;
      failOn: FailOn;
      activityLimit?: number;
      asyncioTasks?: true;
      keepThreads?: number;
      command: string[];
    }
  | {
      kind: 'report';
      path: string;
      form: 'text' | 'json' | 'snapshot';
      failOn: FailOn;
      locale?: string;
      keepThreads?: number;
      kept?: string;
    }
  | { kind: 'env'; out?: string; activityLimit?: number; asyncioTasks?: true }
  | { kind: 'stacks'; pid: number; spool?: string; json: boolean }
  | { kind: 'lint'; paths: string[]; form: 'text' | 'json' | 'sarif' }
  | { kind: 'help' }
  | { kind: 'version' };

/** Throws a UsageError that says what is wrong. */
export function parseCommandLine(argv: string[]): Command {
  const [verb, ...rest] = argv;
  switch (verb) {
    case 'record':
      return recordCommand(rest);
    case 'report':
      return reportCommand(rest);
    case 'env': {
      const { values } = parse(rest, WHERE_AND_HOW_MUCH, 0);
      return { kind: 'env', ...outOf(values), ...settingsOf(values) };
    }
    case 'stacks':
      return stacksCommand(rest);
    case 'lint':
      return lintCommand(rest);
    case '--version':
    case '-v':
      return { kind: 'version' };
    case '--help':
    case '-h':
    case 'help':
      return { kind: 'help' };
    case undefined:
      throw new UsageError('no command given.');
    default:
      throw new UsageError(`"${verb}" is not a command.`);
  }
}

function recordCommand(args: string[]): Command {
  const end = args.indexOf('--');
  if (end < 0) throw new UsageError('"record" needs the command to run after "--".');
  const { values } = parse(args.slice(0, end), { ...WHERE_AND_HOW_MUCH, ...WHAT_TO_SAY }, 0);
  const command = args.slice(end + 1);
  if (command.length === 0) throw new UsageError('there is no command after "--".');
  const json = values['json'] === true;
  return {
    kind: 'record',
    command,
    json,
    failOn: failOnOf(values),
    ...outOf(values),
    ...settingsOf(values),
    ...keepOf(values),
  };
}

function reportCommand(args: string[]): Command {
  const { values, positionals } = parse(args, { ...WHAT_TO_SAY, ...FOR_EDITORS }, 1);
  if (positionals.length !== 1) throw new UsageError('"report" takes one file or directory.');
  const form = values['json'] ? 'json' : values['snapshot'] ? 'snapshot' : 'text';
  const { locale, kept } = values;
  const editor = { ...(typeof locale === 'string' ? { locale } : {}), ...(typeof kept === 'string' ? { kept } : {}) };
  return { kind: 'report', path: positionals[0]!, form, failOn: failOnOf(values), ...keepOf(values), ...editor };
}

function stacksCommand(args: string[]): Command {
  const { values, positionals } = parse(args, { json: { type: 'boolean' }, spool: { type: 'string' } }, 1);
  const pid = Number(positionals[0]);
  if (!Number.isInteger(pid) || pid <= 0) throw new UsageError('"stacks" takes the process id of a program that runs.');
  const { spool } = values;
  return { kind: 'stacks', pid, json: values['json'] === true, ...(typeof spool === 'string' ? { spool } : {}) };
}

function lintCommand(args: string[]): Command {
  const { values, positionals } = parse(args, LINT_FORMS, Infinity);
  const form = values['sarif'] ? 'sarif' : values['json'] ? 'json' : 'text';
  return { kind: 'lint', paths: positionals.length > 0 ? positionals : ['.'], form };
}

function parse(args: string[], options: NonNullable<ParseArgsConfig['options']>, most: number) {
  try {
    const result = parseArgs({ args, options, allowPositionals: true });
    if (result.positionals.length > most) throw new UsageError(`unexpected argument "${result.positionals[most]}".`);
    return result;
  } catch (error) {
    throw error instanceof UsageError ? error : new UsageError(messageOf(error));
  }
}

const LINT_FORMS = { json: { type: 'boolean' }, sarif: { type: 'boolean' } } as const;
const WHERE_AND_HOW_MUCH = {
  out: { type: 'string' },
  activity: { type: 'string' },
  'asyncio-tasks': { type: 'boolean' },
} as const;
/** The picture that they show, the language of the person there, and a folder of theirs for what was told of long recordings. */
const FOR_EDITORS = {
  snapshot: { type: 'boolean' },
  locale: { type: 'string' },
  kept: { type: 'string' },
} as const;
const WHAT_TO_SAY = {
  json: { type: 'boolean' },
  'fail-on': { type: 'string' },
  'keep-threads': { type: 'string' },
} as const;

function failOnOf({ 'fail-on': list }: Record<string, unknown>): FailOn {
  if (typeof list !== 'string') return [];
  const words = list.split(',').map((word) => word.trim());
  const unknown = words.find((word) => !FAIL_ON_WORDS.includes(word));
  if (unknown === undefined) return words;
  throw new UsageError(`"--fail-on" takes ${FAIL_ON_WORDS.join(', ')}, but not "${unknown}".`);
}

/** How much is recorded, and of what. */
const settingsOf = (values: Record<string, unknown>): { activityLimit?: number; asyncioTasks?: true } => ({
  ...limitOf(values),
  ...(values['asyncio-tasks'] === true ? { asyncioTasks: true } : {}),
});

function limitOf({ activity }: Record<string, unknown>): { activityLimit?: number } {
  if (typeof activity !== 'string') return {};
  const activityLimit = Number(activity);
  if (activity.trim() === '' || !Number.isFinite(activityLimit) || activityLimit < 0)
    throw new UsageError(`"--activity" takes a number of MiB, 0 or more, not "${activity}".`);
  return { activityLimit };
}

function keepOf({ 'keep-threads': keep }: Record<string, unknown>): { keepThreads?: number } {
  if (typeof keep !== 'string') return {};
  if (!/^\d{1,9}$/.test(keep)) throw new UsageError(`"--keep-threads" takes a number, 0 or more, not "${keep}".`);
  return { keepThreads: Number(keep) };
}

const outOf = (values: Record<string, unknown>): { out?: string } =>
  typeof values['out'] === 'string' ? { out: values['out'] } : {};
