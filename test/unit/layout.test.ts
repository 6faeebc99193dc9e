// The architecture as a test: which folder may import which, that no files import each other in a circle, how many
// files a folder holds, and what may not stand where. Tests run from the project's root.
import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import * as ts from 'typescript';
import { type Graph, circlesOf, graphOf, importsOf, parse, sources, targetOf, visit } from '../support/modules';

const NODE = /^node:/;
/** Built-ins by the names that a Node which is too old knows too. */
const OLD_NODE = /^(diagnostics_channel|events|fs|module|path|url|util|vm|worker_threads)$/;

/** Folder → what its files may import besides each other. */
const ARROWS: Record<string, { folders: string[]; packages: RegExp[] }> = {
  // The words of the rules alone; what the probe takes of protocol may not lead there, as esbuild.js sees to.
  protocol: { folders: ['common'], packages: [] },
  common: { folders: [], packages: [/^@vscode\/l10n$/] },
  probe: { folders: ['protocol'], packages: [OLD_NODE] },
  model: { folders: ['protocol', 'common'], packages: [] },
  tracks: { folders: ['protocol'], packages: [] },
  overlay: { folders: ['protocol', 'common', 'model'], packages: [] },
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
    packages: [NODE, /^typescript$/, /^ignore$/, /^vscode-languageserver(\/node|-textdocument)?$/],
  },
  client: { folders: ['protocol', 'common'], packages: [NODE, /^vscode$/, /^vscode-languageclient\/node$/] },
  sessions: { folders: ['protocol', 'common', 'transport', 'model', 'tracks'], packages: [NODE, /^vscode$/] },
  views: { folders: ['protocol', 'common', 'model', 'overlay', 'sessions', 'client'], packages: [NODE, /^vscode$/] },
  media: { folders: ['protocol', 'common', 'model'], packages: [/^d3-/] },
};

/** Folder → its rooms, folders and single files: each may import those that stand left of it. */
const ORDER: Record<string, string[]> = {
  'media/timeline': ['time', 'words', 'data', 'look', 'rows', 'scene', 'stories', 'paint', 'draw', 'input', 'page'],
  'src/model': ['facts', 'runtimes', 'conclusions', 'findings', 'report', 'picture', 'condense', 'trackLog'],
  'src/transport': ['clock', 'threadId', 'translation', 'spool', 'devTools', 'probes'],
  'src/probe/node': [
    ...['tools', 'memory', 'spool', 'lifecycle', 'activity'],
    ...['parts', 'owner', 'threads', 'start', 'unsupported', 'preload'],
  ],
  'src/sessions': ['configurations', 'stores', 'debuggers', 'following', 'actions', 'focus', 'interruption'],
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

/** What would make a pure folder impure: properties of objects, and what is called by its name alone. */
const IMPURE: Record<string, RegExp> = {
  Date: /^now$/,
  performance: /^now$/,
  process: /^(env|hrtime|std\w+|platform|nextTick)$/,
  document: /./,
  window: /./,
  Math: /^random$/,
};
const IMPURE_CALLS = /^(setTimeout|setInterval|setImmediate|Date)$/;

const folderOf = (file: string): string => {
  const [top, second] = file.split('/');
  return top === 'src' ? second! : top!;
};

function allowed(from: string, file: string, target: string): boolean {
  const arrows = ARROWS[from]!;
  if (!target.startsWith('.')) return arrows.packages.some((pattern) => pattern.test(target));
  const to = folderOf(targetOf(file, target));
  return to === from || arrows.folders.includes(to);
}

/** @returns the part of a folder that a file stands in: the name of a folder in it, or the file's own */
const roomIn = (folder: string, file: string): string =>
  file.startsWith(`${folder}/`) ? path.posix.basename(file.slice(folder.length + 1).split('/')[0]!, '.ts') : '';

function impurities(file: string): string[] {
  const found: string[] = [];
  visit(parse(file), (node) => {
    if (ts.isPropertyAccessExpression(node) && ts.isIdentifier(node.expression)) {
      if (IMPURE[node.expression.text]?.test(node.name.text)) found.push(node.getText());
    } else if ((ts.isCallExpression(node) || ts.isNewExpression(node)) && ts.isIdentifier(node.expression)) {
      const { text } = node.expression;
      const clock = text !== 'Date' || (node.arguments?.length ?? 0) === 0;
      if (IMPURE_CALLS.test(text) && clock) found.push(node.getText());
    }
  });
  return found.map((what) => `${file}: ${what}`);
}

describe('the layout', () => {
  const files = [...sources('src'), ...sources('media')];
  let imports: Map<string, string[]>;
  let graph: Graph;
  before(() => {
    imports = new Map(files.map((file) => [file, importsOf(file)]));
    graph = graphOf(imports);
  });

  for (const [folder, { folders }] of Object.entries(ARROWS)) {
    const root = folder === 'media' ? 'media' : `src/${folder}`;
    it(`${root} imports only ${folders.join(', ') || 'itself'} and what it is allowed of packages`, () => {
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
    assert.deepEqual(pure.flatMap(impurities), []);
  });
});
