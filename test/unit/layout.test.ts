// The architecture as a test: which folder may import which, what may not stand where, and that package.json and the
// code name the same things. Tests run from the project's root.
import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { TIMELINE_COMMANDS } from '../../src/protocol/timelineMessages';
import { DEBUG_TYPE } from '../../src/protocol/adapterEvents';
import { RULE_IDS } from '../../src/protocol/rules';

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
  overlay: { folders: ['protocol', 'common'], packages: [] },
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

/** Words that would make a pure folder impure. */
const IMPURE =
  /\b(Date\.now|new Date\(\)|performance\.now|process\.(env|hrtime|std\w+|platform|nextTick)|document\.|window\.|Math\.random|setTimeout)\b/;

function sources(folder: string): string[] {
  return fs
    .readdirSync(folder, { recursive: true })
    .map((file) => path.join(folder, String(file)))
    .filter((file) => file.endsWith('.ts'));
}

function importsOf(file: string): string[] {
  const text = fs.readFileSync(file, 'utf8');
  return [...text.matchAll(/^\s*(?:import|export)\b[^'"]*?from\s*['"]([^'"]+)['"]|^import\s*['"]([^'"]+)['"]/gm)].map(
    (match) => match[1] ?? match[2]!,
  );
}

const folderOf = (file: string): string => {
  const [top, second] = path.relative('.', file).split(path.sep);
  return top === 'src' ? second! : top!;
};

function allowed(from: string, file: string, target: string): boolean {
  const arrows = ARROWS[from]!;
  if (!target.startsWith('.')) return arrows.packages.some((pattern) => pattern.test(target));
  const to = folderOf(path.join(path.dirname(file), target));
  return to === from || arrows.folders.includes(to);
}

describe('the layout', () => {
  for (const [folder, { folders }] of Object.entries(ARROWS)) {
    const root = folder === 'media' ? 'media' : path.join('src', folder);
    it(`${root} imports only ${folders.join(', ') || 'itself'} and what it is allowed of packages`, () => {
      const files = sources(root);
      assert.ok(files.length > 0, `${root} has sources`);
      const wrong = files.flatMap((file) =>
        importsOf(file)
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

  it('keeps clocks, processes and documents out of protocol, model and tracks', () => {
    const impure = ['protocol', 'model', 'tracks']
      .flatMap((folder) => sources(`src/${folder}`))
      .filter((file) =>
        fs
          .readFileSync(file, 'utf8')
          .split('\n')
          .some((line) => IMPURE.test(line.replace(/\/\/.*|^\s*\*.*/, ''))),
      );
    assert.deepEqual(impure, []);
  });
});

interface Manifest {
  contributes: {
    commands: { command: string }[];
    configuration: { properties: Record<string, { properties?: object }> };
    debuggers: { type: string; configurationAttributes: { launch: { properties: Record<string, unknown> } } }[];
  };
}

describe('package.json', () => {
  const manifest = JSON.parse(fs.readFileSync('package.json', 'utf8')) as Manifest;
  const contributed = manifest.contributes.commands.map(({ command }) => command).sort();

  it('contributes the commands that the extension registers, and no other', () => {
    const code = fs.readFileSync('src/views/commands.ts', 'utf8');
    const registered = [...code.matchAll(/^ {4}'(threadLifelines\.\w+)':/gm)].map((match) => match[1]!).sort();
    assert.deepEqual(contributed, registered);
  });

  it('contributes every command that the timeline may ask for, but for the editor’s own', () => {
    assert.deepEqual(
      TIMELINE_COMMANDS.filter((command) => !command.startsWith('workbench.') && !contributed.includes(command)),
      [],
    );
  });

  it('lets people say of each rule how gravely it is told', () => {
    const setting = manifest.contributes.configuration.properties['threadLifelines.lint.severity'];
    assert.deepEqual(Object.keys(setting!.properties!), RULE_IDS);
  });

  it('describes every launch option that is our own or checked by us', () => {
    const { type, configurationAttributes } = manifest.contributes.debuggers[0]!;
    assert.equal(type, DEBUG_TYPE);
    const code = fs.readFileSync('src/protocol/adapterEvents.ts', 'utf8');
    const block = /interface LaunchOptions \{([\s\S]*?)\n\}/.exec(code)![1]!;
    const options = [...block.matchAll(/^ {2}([a-z]\w*)\?:/gm)].map((match) => match[1]!);
    const described = Object.keys(configurationAttributes.launch.properties);
    const byVSCode = ['name', 'noDebug'];
    assert.deepEqual(
      options.filter((option) => !described.includes(option) && !byVSCode.includes(option)),
      [],
    );
  });
});
