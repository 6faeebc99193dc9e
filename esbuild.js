// Builds one bundle per process into dist/, and with --tests one bundle per test file into out/.
// Exits non-zero on any error, and when the probe's bundle holds a file it must not.
'use strict';
const esbuild = require('esbuild');
const fs = require('node:fs');
const path = require('node:path');

const watch = process.argv.includes('--watch');
const tests = process.argv.includes('--tests');
const release = process.argv.includes('--release');

/** @type {import('esbuild').BuildOptions} */
const common = {
  bundle: true,
  metafile: true,
  logLevel: 'warning',
  legalComments: 'eof',
  minify: release,
  sourcemap: release ? false : 'linked',
  define: { PRODUCT_VERSION: JSON.stringify(require('./package.json').version) },
  absWorkingDir: __dirname,
};
/** @type {import('esbuild').BuildOptions} */
const node = { ...common, platform: 'node', format: 'cjs', target: 'node20' };

/** Folder of the probe's sources. */
const PROBE = path.join(__dirname, 'src', 'probe', 'node');
/** Modules of the base, and of what workers run, that the parts which stand on these use there, by way of `shared.ts`. */
const SHARED = [
  'tools/bindings',
  'tools/builtins',
  'tools/callSite',
  'tools/callers',
  'tools/handed',
  'tools/text',
  'spool/inheritance',
  'spool/spool',
  'lifecycle/channels',
  'lifecycle/errorFacts',
  'lifecycle/exit',
  'lifecycle/exitListeners',
  'lifecycle/firstWorker',
  'lifecycle/locks',
];
/**
 * The name of its frames (PROBE_SOURCE in nodeProbe.ts). That of a file would stand in each measure of a program's coverage,
 * and change the share by which `node --test` lets it pass.
 */
const NAMED = '\n//# sourceURL=thread-lifelines:probe\n';
/** The oldest Node that can at least parse the probe and say that it is too old. Every thread reads and compiles it. */
const probe = { ...node, target: 'node12', sourcemap: false, minify: true };
/** Part → what it gives, and the part on which it stands, if that is not the first file alone. */
const PARTS = {
  base: { gives: ['mainOf'] },
  threads: { gives: ['loadInMain', 'startInWorker'] },
  owner: { gives: ['observeWorkers', 'tellStacksAtEnd', 'tellStacksWhenAsked'], on: 'threads' },
  looking: { gives: ['lookAtTimes', 'childrenIn'], on: 'base' },
};

/** Folder of the probe for Python, and its parts, each of files that are joined in this order and share their names. */
const PYTHON = path.join(__dirname, 'src', 'probe', 'python');
const PYTHON_PARTS = {
  start: ['text', 'place', 'spool', 'notice', 'starting', 'ending', 'endings', 'imports', 'begin'],
  attached: ['attached'],
  debugged: ['words', 'holding'],
  places: ['debugger', 'frames', 'errors'],
  starts: ['starts'],
  threads: ['threads', 'accessed', 'phases', 'patience', 'waits', 'glances', 'futures', 'loops'],
  looptasks: ['told', 'loops'],
  last: ['source', 'snapshot', 'undone', 'clues', 'asking', 'look', 'settle'],
};

/** Python reads it as it is: whatever starts slows each program down, and one file is found sooner than many. */
function copyPythonProbe() {
  const to = path.join(__dirname, 'dist', 'python');
  fs.mkdirSync(to, { recursive: true });
  fs.copyFileSync(path.join(PYTHON, 'sitecustomize.py'), path.join(to, 'sitecustomize.py'));
  for (const [part, files] of Object.entries(PYTHON_PARTS)) {
    const texts = files.map((file) => fs.readFileSync(path.join(PYTHON, part, `${file}.py`), 'utf8'));
    fs.writeFileSync(path.join(to, `${part}.py`), texts.join('\n\n'));
  }
}

/** Leaves imports of modules that are there already as they are, with the module's name in them. */
const sharedBelow = {
  name: 'shared below',
  setup({ onResolve }) {
    onResolve({ filter: /^\.\.?\// }, (args) => {
      const file = path.relative(PROBE, path.resolve(__dirname, args.resolveDir, args.path));
      const module = file.split(path.sep).join('/');
      return SHARED.includes(module) ? { path: `shared:${module}`, external: true } : undefined;
    });
  },
};

/** Fills in `shared.ts`. @param names what the parts above use, each `<module>:<name>` */
const sharedAbove = (names) => ({
  name: 'shared above',
  setup({ onLoad }) {
    onLoad({ filter: /[/\\]probe[/\\]node[/\\]shared\.ts$/ }, () => {
      const imports = names.map((name, n) => {
        const [module, exported] = name.split(':');
        return `import { ${exported} as s${n} } from './${module}';`;
      });
      const list = `export const shared = () => [${names.map((_, n) => `s${n}`)}];`;
      return { contents: `${imports.join('\n')}\n${list}`, resolveDir: PROBE };
    });
  },
});

/**
 * Builds a part. What it uses of the one below has numbers, not names: to give an object a hundred properties takes longer than
 * all that the probe does at its start.
 * @param below to which is added what it uses there
 * @param above what the parts above use of it
 */
async function buildPart(name, below, above = []) {
  const { gives, on } = PARTS[name];
  const outfile = `dist/probe.${name}.js`;
  const { outputFiles, metafile } = await esbuild.build({
    ...probe,
    target: 'node20', // loaded by supported Nodes alone; and what stands in for newer syntax calls what programs can replace
    plugins: [on ? sharedBelow : sharedAbove(above)],
    format: 'esm', // with nothing in it that copies exports
    write: false,
    stdin: { contents: `import { ${gives} } from './${name}'; part.exports = { ${gives} };`, resolveDir: PROBE },
    outfile,
  });
  checkProbeInputs(metafile);
  const numberOf = (used) => (below.includes(used) ? below.indexOf(used) : below.push(used) - 1);
  const code = outputFiles[0].text.replace(/import\{([^}]+)\}from"shared:([^"]+)";/g, (_, imported, module) => {
    const variables = imported.split(',').map((one) => {
      const [used, as = used] = one.split(' as ');
      return `${as}=shared[${numberOf(`${module}:${used}`)}]`;
    });
    return `var ${variables};`;
  });
  if (/^import\b|shared:/m.test(code)) throw new Error(`${outfile} uses something of the part below in an unknown way`);
  fs.mkdirSync(path.join(__dirname, 'dist'), { recursive: true });
  fs.writeFileSync(path.join(__dirname, outfile), `"use strict";${code}${NAMED}`);
  return Object.keys(metafile.inputs).filter((file) => file.endsWith('.ts'));
}

/** Builds all parts. Returns the files that they are made of. */
async function buildParts() {
  const inputs = [];
  const names = Object.keys(PARTS);
  for (const below of names.filter((name) => !PARTS[name].on)) {
    const used = [];
    for (const name of names.filter((one) => PARTS[one].on === below)) inputs.push(await buildPart(name, used));
    inputs.push(await buildPart(below, [], used));
  }
  return inputs.flat().map((file) => path.join(__dirname, file));
}

/** Builds the parts whenever the first file is built. */
const parts = {
  name: 'parts',
  setup({ onLoad }) {
    onLoad({ filter: /[/\\]probe[/\\]node[/\\]preload\.ts$/ }, async ({ path: file }) => ({
      contents: fs.readFileSync(file, 'utf8'),
      loader: 'ts',
      watchFiles: await buildParts(),
    }));
  },
};

/** Whatever is missing where it is loaded, the program goes on without a probe. */
const UNHEARD = { banner: { js: '"use strict";try{' }, footer: { js: `}catch{}${NAMED}` } };

/** Bundle name → options. The reader sees the product's processes here. */
const bundles = {
  extension: { ...node, entryPoints: ['src/extension.ts'], outfile: 'dist/extension.js', external: ['vscode'] },
  client: { ...node, entryPoints: ['src/client/client.ts'], outfile: 'dist/client.js', external: ['vscode'] },
  tracks: { ...node, entryPoints: ['src/sessions/stores/tracksWorker.ts'], outfile: 'dist/tracks.js' },
  adapter: { ...node, entryPoints: ['src/adapter/main.ts'], outfile: 'dist/adapter.js' },
  follower: { ...node, entryPoints: ['src/adapter/followerMain.ts'], outfile: 'dist/follower.js' },
  // TypeScript's own is a bundle as large as it gets, and has no use for a map of it.
  server: { ...node, entryPoints: ['src/server/main.ts'], outfile: 'dist/server.js', minify: true, sourcemap: false },
  commandLine: { ...node, entryPoints: ['src/commandLine/main.ts'], outfile: 'dist/cli.js' },
  probe: {
    ...probe,
    ...UNHEARD,
    entryPoints: ['src/probe/node/preload.ts'],
    outfile: 'dist/probe.js',
    plugins: [parts],
  },
  unsupported: { ...probe, entryPoints: ['src/probe/node/unsupported.ts'], outfile: 'dist/probe.unsupported.js' },
  timeline: {
    ...common,
    platform: 'browser',
    format: 'iife',
    target: 'chrome118',
    entryPoints: ['media/timeline/page/main.ts'],
    outfile: 'dist/timeline.js',
  },
  timelineStyle: {
    ...common,
    entryPoints: ['media/timeline/page/timeline.css'],
    outfile: 'dist/timeline.css',
    loader: { '.ttf': 'file' },
    assetNames: '[name]',
  },
};

/** The probe runs in other people's programs: nothing but our own two folders may end up in it, of one only what is small. */
function checkProbeInputs(metafile) {
  const foreign = Object.keys(metafile.inputs).filter(
    (f) => !/^(<stdin>$|src\/(probe\/|protocol\/(activity|hand|spool)\.ts$))/.test(f),
  );
  if (foreign.length > 0) throw new Error(`the probe bundle must not hold ${foreign.join(', ')}`);
}

/** Of packages that name their licence and come without its text: whose it is. */
const UNTOLD_LICENCES = {
  '@vscode/l10n': 'MIT License, as in the other packages. Copyright (c) Microsoft Corporation.',
};

/** Licences of all packages that ended up in a bundle. */
function writeLicences(metafiles) {
  const folders = new Set();
  for (const { inputs } of metafiles) {
    for (const file of Object.keys(inputs)) {
      const folder = /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0]; // one inside of another is its own
      if (folder) folders.add(folder);
    }
  }
  const texts = [...folders].sort().map((folder) => {
    const { name, version, license } = JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8'));
    const file = fs.readdirSync(folder).find((f) => /^licen[sc]e/i.test(f));
    const text = file ? fs.readFileSync(path.join(folder, file), 'utf8').trim() : UNTOLD_LICENCES[name];
    if (!text) throw new Error(`${name} comes without the text of its licence`);
    return `${name} ${version} (${license})\n\n${text}\n`;
  });
  fs.writeFileSync('dist/licenses.txt', texts.join(`\n${'-'.repeat(80)}\n\n`));
}

function testFiles(folder) {
  return fs
    .readdirSync(folder, { recursive: true })
    .map(String)
    .filter((f) => /(\.test|index)\.ts$/.test(f) && !f.startsWith('programs'))
    .map((f) => path.join(folder, f));
}

async function main() {
  if (watch) {
    const contexts = await Promise.all(Object.values(bundles).map((options) => esbuild.context(options)));
    await Promise.all(contexts.map((context) => context.watch()));
    return;
  }
  fs.rmSync(path.join(__dirname, 'dist'), { recursive: true, force: true });
  const built = await Promise.all(
    Object.entries(bundles).map(async ([name, options]) => [name, await esbuild.build(options)]),
  );
  copyPythonProbe();
  for (const [name, { metafile }] of built) if (name === 'probe') checkProbeInputs(metafile);
  writeLicences(built.map(([, { metafile }]) => metafile));
  if (!tests) return;
  fs.rmSync(path.join(__dirname, 'out'), { recursive: true, force: true });
  await esbuild.build({
    ...node,
    entryPoints: testFiles('test'),
    outdir: 'out',
    outbase: 'test',
    packages: 'external',
    sourcemap: 'inline',
  });
}

main().catch((error) => {
  console.error(error.message ?? error);
  process.exit(1);
});
