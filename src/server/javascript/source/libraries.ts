// Libraries that start threads for a program: where they take the script, what its path is relative to, what a task is, and
// what ends the threads. Tried with bree 9, jest-worker 30, node-worker-threads-pool 1, pino 10, piscina 5, poolifier 5,
// synckit 0.12, threads 1, tinypool 2, web-worker 1 and workerpool 10. Pure.
import ts from 'typescript';
import type { Pool } from '../../language';
import { optionOf, type Module } from './module';

export interface Library extends Pool {
  module: string;
  /** Exports of it that start threads. */
  names: RegExp;
  made: 'new' | 'call';
  /** Absent: it takes none. */
  scripts?: (call: Call) => Script[];
  /** False where it makes processes instead. */
  isOfThreads?: (call: Call) => boolean;
}

/** What a path is relative to. `nothing`: it must be absolute. `module`: the calling module, as with `require()`. */
type Base = 'working directory' | 'module' | 'nothing';

export interface Script {
  node: ts.Expression;
  base: Base;
  /** Folder and extension that the library adds to what the program writes. */
  within?: { folder: ts.Expression | string; extension: string };
}

export interface Call {
  module: Module;
  args: readonly ts.Expression[];
}

const library = (
  module: string,
  names: RegExp,
  made: Library['made'],
  more: Partial<Library> & Pick<Library, 'daemons'>,
): Library => ({ module, names, made, tasks: [], ends: [], ...more });

export const LIBRARIES: readonly Library[] = [
  library('piscina', /^(Piscina|default|\*)$/, 'new', {
    scripts: option('filename', 'working directory'),
    daemons: true,
    tasks: ['run', 'runTask'],
    ends: ['destroy', 'close'],
  }),
  library('tinypool', /^(Tinypool|default|\*)$/, 'new', {
    scripts: option('filename', 'working directory'),
    isOfThreads: (call) => !saysOfProcesses(call, 0, 'runtime', 'child_process'),
    daemons: true,
    tasks: ['run'],
    ends: ['destroy', 'close'],
  }),
  library('workerpool', /^pool$/, 'call', {
    scripts: argument(0, 'working directory'),
    isOfThreads: (call) => !saysOfProcesses(call, 1, 'workerType', 'process'),
    daemons: false,
    tasks: ['exec'],
    ends: ['terminate'],
  }),
  library('poolifier', /^FixedThreadPool$/, 'new', {
    scripts: argument(1, 'working directory'),
    daemons: false,
    tasks: ['execute'],
    ends: ['destroy'],
  }),
  library('poolifier', /^DynamicThreadPool$/, 'new', {
    scripts: argument(2, 'working directory'),
    daemons: false,
    tasks: ['execute'],
    ends: ['destroy'],
  }),
  library('jest-worker', /^(Worker|JestWorker|default)$/, 'new', {
    scripts: argument(0, 'nothing'),
    isOfThreads: ({ module, args }) =>
      optionOf(module, args[1], 'enableWorkerThreads')?.kind === ts.SyntaxKind.TrueKeyword,
    daemons: false,
    ends: ['end'],
  }),
  library('node-worker-threads-pool', /^StaticPool$/, 'new', {
    scripts: option('task', 'working directory'),
    daemons: false,
    ends: ['destroy'],
  }),
  library('node-worker-threads-pool', /^DynamicPool$/, 'new', { daemons: false, ends: ['destroy'] }),
  library('threads', /^Worker$/, 'new', { scripts: argument(0, 'module'), daemons: false }),
  library('threads', /^spawn$/, 'call', { daemons: false, ends: ['terminate'] }),
  library('threads', /^Pool$/, 'call', { daemons: false, ends: ['terminate'] }),
  library('web-worker', /^(default|\*)$/, 'new', { scripts: argument(0, 'working directory'), daemons: false }),
  library('synckit', /^createSyncFn$/, 'call', { scripts: argument(0, 'nothing'), daemons: true }),
  library('pino', /^transport$/, 'call', { scripts: ({ module, args }) => transports(module, args[0]), daemons: true }),
  library('pino', /^(pino|default|\*)$/, 'call', {
    scripts: ({ module, args }) => transports(module, optionOf(module, args[0], 'transport')),
    daemons: true,
  }),
  library('bree', /^(default|\*)$/, 'new', { scripts: jobs, daemons: false }),
];

/** Which library's threads a call or `new` starts. */
export function libraryOf(module: Module, node: ts.CallExpression | ts.NewExpression): Library | undefined {
  const made = module.importOf(node.expression);
  if (!made) return undefined;
  const kind = ts.isNewExpression(node) ? 'new' : 'call';
  return LIBRARIES.find((one) => one.module === made.module && one.made === kind && one.names.test(made.name));
}

const NAMES = [...new Set(LIBRARIES.map((one) => one.module))].join('|');
const NAMED = new RegExp(`['"](${NAMES})(/[\\w/.-]*)?['"]`);
/** Saves looking at each call in modules that name no library, as most do. */
export const namesLibraries = (module: Module): boolean =>
  module.remembered('libraries', module.tree, () => NAMED.test(module.tree.text));

/** It gives a pool what to run. */
export const isOfPool = (module: Module): boolean =>
  namesLibraries(module) && [...module.calls, ...module.news].some((node) => isWorkerSide(module, node.expression));

const isWorkerSide = (module: Module, callee: ts.Expression): boolean => {
  const made = module.importOf(callee);
  return (
    made !== undefined && WORKER_SIDES.some(({ module: of, name }) => of.test(made.module) && name.test(made.name))
  );
};
const WORKER_SIDES: { module: RegExp; name: RegExp }[] = [
  { module: /^workerpool$/, name: /^worker$/ },
  { module: /^threads(\/worker)?$/, name: /^expose$/ },
  { module: /^poolifier$/, name: /^ThreadWorker$/ },
  { module: /^synckit$/, name: /^runAsWorker$/ },
];

function argument(index: number, base: Base): NonNullable<Library['scripts']> {
  return ({ args }) => scriptAt(args[index], base);
}

function option(name: string, base: Base): NonNullable<Library['scripts']> {
  return ({ module, args }) => scriptAt(optionOf(module, args[0], name), base);
}

const scriptAt = (node: ts.Expression | undefined, base: Base): Script[] => (node ? [{ node, base }] : []);

function saysOfProcesses({ module, args }: Call, index: number, name: string, word: string): boolean {
  const value = optionOf(module, args[index], name);
  const constant = value && module.constantOf(value);
  return constant?.kind === 'text' && constant.text === word;
}

/** `{ target }`, `{ targets: [{ target }] }`, `{ pipeline: [{ target }] }`. */
function transports(module: Module, options: ts.Expression | undefined): Script[] {
  if (!options) return [];
  const lists = ['targets', 'pipeline'].flatMap((name) => elementsOf(module, optionOf(module, options, name)));
  return [options, ...lists].flatMap((one) => scriptAt(optionOf(module, one, 'target'), 'module'));
}

/** `{ root, jobs: ['name', { name, path }] }` */
function jobs({ module, args: [options] }: Call): Script[] {
  const root = optionOf(module, options, 'root');
  const extension = optionOf(module, options, 'defaultExtension');
  const ending = extension && module.constantOf(extension);
  if (root?.kind === ts.SyntaxKind.FalseKeyword || (extension && ending?.kind !== 'text')) return [];
  const within = { folder: root ?? 'jobs', extension: ending?.kind === 'text' ? ending.text : 'js' };
  return elementsOf(module, optionOf(module, options, 'jobs')).flatMap((job): Script[] => {
    const path = optionOf(module, job, 'path');
    if (path) return [{ node: path, base: 'working directory' }];
    const name = ts.isStringLiteralLike(job) ? job : optionOf(module, job, 'name');
    return name ? [{ node: name, base: 'working directory', within }] : [];
  });
}

function elementsOf(module: Module, list: ts.Expression | undefined): readonly ts.Expression[] {
  const array = list && module.literalOf(list);
  return array && ts.isArrayLiteralExpression(array) ? array.elements : [];
}
