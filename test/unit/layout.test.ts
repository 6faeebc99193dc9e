// The architecture as a test: which folder may import which, that no files import each other in a circle, how many
// files a folder holds, and what may not stand where. Tests run from the project's root.
import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import * as ts from 'typescript';
import { type Graph, circlesOf, graphOf, importsOf, parse, sources, targetOf, visit } from '../support/modules';

const NODE = /^node:/;
/** Built-ins by the names that a Node which is too old knows too. */
const OLD_NODE = /^(diagnostics_channel|events|fs|module|path|perf_hooks|url|util|vm|worker_threads)$/;

interface Arrows {
  folders: string[];
  /** Of other folders these files alone, as they stand in src. */
  files?: string[];
  packages: RegExp[];
}

/** Folder → what its files may import besides each other. */
const ARROWS: Record<string, Arrows> = {
  // The words of the rules alone; what the probe takes of protocol may not lead there, as esbuild.js sees to.
  protocol: { folders: ['common'], packages: [] },
  common: { folders: [], packages: [/^@vscode\/l10n$/] },
  probe: { folders: ['protocol'], packages: [OLD_NODE] },
  model: { folders: ['protocol', 'common'], packages: [] },
  tracks: { folders: ['protocol'], packages: [] },
  overlay: { folders: ['protocol', 'common'], files: ['model/conclusions/cutOff'], packages: [] },
  transport: { folders: ['protocol', 'common'], packages: [NODE, /^dotenv$/] },
  collector: {
    folders: ['protocol', 'common', 'transport', 'model'],
    packages: [NODE, /^@jridgewell\/trace-mapping$/],
  },
  adapter: {
    folders: ['protocol', 'common', 'transport', 'model', 'collector'],
    packages: [NODE, /^@vscode\/debug(adapter|protocol)$/],
  },
  // Of the server its types alone: the bundle is loaded when it is needed.
  commandLine: { folders: ['protocol', 'common', 'transport', 'model', 'collector', 'server'], packages: [NODE] },
  server: {
    folders: ['protocol', 'common', 'transport'],
    packages: [
      NODE,
      /^typescript$/,
      /^@lezer\/(common|python)$/,
      /^ignore$/,
      /^vscode-languageserver(\/node|-textdocument)?$/,
    ],
  },
  client: { folders: ['protocol', 'common'], packages: [NODE, /^vscode$/, /^vscode-languageclient\/node$/] },
  sessions: {
    folders: ['protocol', 'common', 'transport', 'model', 'tracks'],
    packages: [NODE, /^vscode$/, /^@vscode\/python-extension$/],
  },
  views: { folders: ['protocol', 'common', 'model', 'overlay', 'sessions', 'client'], packages: [NODE, /^vscode$/] },
  media: {
    folders: ['protocol', 'common'],
    files: [
      'model/conclusions/cutOff',
      'model/conclusions/lostContact',
      'model/conclusions/phrases/fates',
      'model/conclusions/phrases/poolTitle',
      'model/conclusions/undone/amounts',
      'model/facts/sites',
      'model/report/earlierEnds',
      'model/report/failures',
      'model/report/losses',
      'model/report/outcome',
    ],
    packages: [/^d3-/],
  },
};

/** Folder → its rooms, folders and single files: each may import those that stand left of it. */
const ORDER: Record<string, string[]> = {
  'media/timeline': ['time', 'words', 'data', 'look', 'rows', 'scene', 'stories', 'paint', 'draw', 'input', 'page'],
  'src/model': ['facts', 'runtimes', 'conclusions', 'findings', 'report', 'picture', 'sums', 'condense', 'trackLog'],
  'src/transport': ['clock', 'makeFolders', 'regularFile', 'threadId', 'translation', 'spool', 'devTools', 'probes'],
  'src/probe/node': [
    ...['raw', 'given', 'tools', 'memory', 'spool', 'lifecycle', 'activity'],
    ...['shared', 'owner', 'threads', 'looking', 'base', 'unsupported', 'preload'],
  ],
  'src/sessions': [
    ...['configurations', 'stores', 'together', 'debuggers', 'following', 'actions'],
    ...['focus', 'interruption'],
  ],
};

/** Above this nobody finds a file any more. */
const MOST_FILES = 16;

/** What is still to be mended. A test fails on anything else, and on what is mended and still listed. */
const TO_MEND: { circles: string[][]; large: string[]; unordered: string[] } = {
  circles: [],
  /** Folders of more files than {@link MOST_FILES}. */
  large: [],
  /** Folders with files that stand in no room of their {@link ORDER}. */
  unordered: [],
};

/** What would make a pure folder impure: properties of objects, names wherever they stand, and the time of `Date()`. */
const IMPURE: Record<string, RegExp> = {
  Date: /^now$/,
  performance: /^now$/,
  process: /^(env|hrtime|std\w+|platform|nextTick)$/,
  document: /./,
  window: /./,
  Math: /^random$/,
};
const IMPURE_NAMES = /^(setTimeout|setInterval|setImmediate)$/;
/** What all these are properties of, too. */
const GLOBAL = /^(globalThis|global)$/;

const filesOf = ({ files = [] }: Arrows): string[] => files.map((file) => `src/${file}.ts`);

const folderOf = (file: string): string => {
  const [top, second] = file.split('/');
  return top === 'src' ? second! : top!;
};

function allowed(from: string, file: string, target: string): boolean {
  const arrows = ARROWS[from]!;
  if (!target.startsWith('.')) return arrows.packages.some((pattern) => pattern.test(target));
  const to = targetOf(file, target);
  const folder = folderOf(to);
  return folder === from || arrows.folders.includes(folder) || filesOf(arrows).includes(to);
}

/** @returns the part of a folder that a file stands in: the name of a folder in it, or the file's own */
const roomIn = (folder: string, file: string): string =>
  file.startsWith(`${folder}/`) ? path.posix.basename(file.slice(folder.length + 1).split('/')[0]!, '.ts') : '';

/** `x.name`, `x['name']`, `{ name } = x`, and `x.name` in a type. */
function memberOf(node: ts.Node): { of: ts.Node; name: string } | undefined {
  if (ts.isPropertyAccessExpression(node)) return { of: node.expression, name: node.name.text };
  if (ts.isQualifiedName(node)) return { of: node.left, name: node.right.text };
  if (ts.isElementAccessExpression(node) && ts.isStringLiteralLike(node.argumentExpression))
    return { of: node.expression, name: node.argumentExpression.text };
  if (!ts.isBindingElement(node) || !ts.isVariableDeclaration(node.parent.parent)) return undefined;
  const [of, name] = [node.parent.parent.initializer, node.propertyName ?? node.name];
  return of && ts.isIdentifier(name) ? { of, name: name.text } : undefined;
}

/** @returns the name by which something global may be meant, also by `globalThis.name` */
function globalName(node: ts.Node): string | undefined {
  if (ts.isIdentifier(node)) return isOnlyName(node) ? undefined : node.text;
  const member = memberOf(node);
  return member && GLOBAL.test(globalName(member.of) ?? '') ? member.name : undefined;
}

/** Whether it names a property or what is declared there. */
function isOnlyName(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isShorthandPropertyAssignment(parent)) return false;
  if (ts.isPropertyAccessExpression(parent)) return parent.name === node;
  if (ts.isQualifiedName(parent)) return parent.right === node;
  if (ts.isBindingElement(parent)) return parent.name === node || parent.propertyName === node;
  return (parent as Partial<ts.NamedDeclaration>).name === node;
}

function isImpure(node: ts.Node): boolean {
  const member = memberOf(node);
  if (member && IMPURE[globalName(member.of) ?? '']?.test(member.name)) return true;
  if (IMPURE_NAMES.test(globalName(node) ?? '')) return true;
  const isCalled = ts.isCallExpression(node) || ts.isNewExpression(node);
  return isCalled && globalName(node.expression) === 'Date' && (node.arguments?.length ?? 0) === 0;
}

function impurities(file: string, text?: string): string[] {
  const found: string[] = [];
  visit(parse(file, text), (node) => {
    if (isImpure(node)) found.push(`${file}: ${node.getText()}`);
  });
  return found;
}

describe('the layout', () => {
  const files = [...sources('src'), ...sources('media')];
  let imports: Map<string, string[]>;
  let graph: Graph;
  before(() => {
    imports = new Map(files.map((file) => [file, importsOf(file)]));
    graph = graphOf(imports);
  });

  for (const [folder, { folders, files: single = [] }] of Object.entries(ARROWS)) {
    const root = folder === 'media' ? 'media' : `src/${folder}`;
    it(`${root} imports only ${[...folders, ...single].join(', ') || 'itself'} and what it is allowed of packages`, () => {
      const own = files.filter((file) => file.startsWith(`${root}/`));
      assert.ok(own.length > 0, `${root} has sources`);
      const wrong = own.flatMap((file) =>
        imports
          .get(file)!
          .filter((target) => !allowed(folder, file, target))
          .map((target) => `${file} imports ${target}`),
      );
      assert.deepEqual(wrong, []);
    });
  }

  it('compiles the timeline with what it may import, and nothing else', () => {
    const { config } = ts.readConfigFile('media/tsconfig.json', (file) => fs.readFileSync(file, 'utf8')) as {
      config: { include: string[] };
    };
    const { media } = ARROWS;
    const folders = ['media', ...media!.folders.map((folder) => `src/${folder}`)].map((folder) => `${folder}/**/*.ts`);
    const included = config.include.map((pattern) => path.posix.join('media', pattern));
    assert.deepEqual(included.sort(), [...folders, ...filesOf(media!)].sort());
  });

  it('has an arrow rule for each folder of src', () => {
    const folders = fs.readdirSync('src', { withFileTypes: true }).filter((entry) => entry.isDirectory());
    assert.deepEqual(
      folders.map((entry) => entry.name).filter((name) => !(name in ARROWS)),
      [],
    );
  });

  it('has no circle of files, imports of types counted', () => {
    assert.deepEqual(circlesOf(graph), TO_MEND.circles);
  });

  for (const [folder, rooms] of Object.entries(ORDER)) {
    const place = (file: string): number => rooms.indexOf(roomIn(folder, file));

    it(`each room of ${folder} imports only those before it: ${rooms.join(', ')}`, () => {
      const wrong = files
        .filter((file) => place(file) >= 0)
        .flatMap((file) =>
          graph
            .get(file)!
            .filter((target) => place(target) > place(file))
            .map((target) => `${file} imports ${target}`),
        );
      assert.deepEqual(wrong, []);
    });

    it(`each file of ${folder} stands in a room of its order`, () => {
      const outside = files.filter((file) => file.startsWith(`${folder}/`) && place(file) < 0);
      if (!TO_MEND.unordered.includes(folder)) assert.deepEqual(outside, []);
      else assert.ok(outside.length > 0, `${folder} is in order: it is no longer to be mended`);
    });
  }

  it(`has at most ${MOST_FILES} files in a folder`, () => {
    const count = new Map<string, number>();
    for (const folder of files.map((file) => path.posix.dirname(file))) count.set(folder, (count.get(folder) ?? 0) + 1);
    const large = [...count].filter(([, n]) => n > MOST_FILES).map(([folder]) => folder);
    assert.deepEqual(large.sort(), TO_MEND.large);
  });

  it('keeps clocks, processes and documents out of protocol, model and tracks', () => {
    const pure = ['protocol', 'model', 'tracks'].flatMap((folder) => sources(`src/${folder}`));
    assert.deepEqual(
      pure.flatMap((file) => impurities(file)),
      [],
    );
  });

  it('knows a clock, a process and a document in each form, and what only has a name like them', () => {
    const seen = [
      ...['Date.now()', 'new Date()', 'new Date', 'Date()', 'performance.now()', 'Math.random()', "process['env']"],
      ...['process.stdout.write("")', 'const { now } = performance', 'type E = typeof process.env', 'window.x'],
      ...['globalThis.document.x', 'globalThis.Date.now()', 'new globalThis.Date()', 'typeof process.env'],
      ...['setTimeout(f, 1)', 'globalThis.setTimeout(f, 1)', "globalThis['setImmediate'](f)", 'run(setTimeout)'],
      ...['const { setInterval: every } = globalThis', 'const clock = { setTimeout }', 'type T = typeof setTimeout'],
    ];
    for (const text of seen) assert.notDeepEqual(impurities('x.ts', text), [], text);
    const unseen = [
      ...['process.threads', 'new Date(0)', 'let at: Date', 'Math.max(1, 2)', 'x.process.env', "'Date.now()'"],
      ...['clock.setTimeout(f, 1)', 'const { setTimeout } = clock', 'const clock = { setTimeout: f }', '// setTimeout'],
      'interface Clock { setTimeout(): void }',
    ];
    for (const text of unseen) assert.deepEqual(impurities('x.ts', text), [], text);
  });
});
