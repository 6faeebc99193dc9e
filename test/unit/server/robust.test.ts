// Whatever a file holds, and whatever becomes of it, the rules neither throw nor stand still.
import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import fc from 'fast-check';
import { sourceFiles } from '../../../src/server/files';
import { itemsAt, outgoingOf } from '../../../src/server/features/calls';
import { pathsAt } from '../../../src/server/features/completions';
import { messageTypesAt } from '../../../src/server/features/messageTypes';
import { editsForMove } from '../../../src/server/features/renames';
import { definitionAt, hintsIn, hoverAt, lensesIn, linksIn } from '../../../src/server/features/starts';
import { Project } from '../../../src/server/project';
import type { RuntimeId } from '../../../src/protocol/probeEvents';
import { CASES } from './cases';

let folder: string;
beforeEach(() => (folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'lifelines-robust-')))));
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));
const at = (name: string): string => path.join(folder, name);

const PROGRAMS = ['test/programs/findings', 'test/programs/node', 'test/programs/node/demo'].flatMap((programs) =>
  fs
    .readdirSync(programs)
    .filter((name) => /\.[cm]?[jt]s$/.test(name))
    .map((name) => fs.readFileSync(path.join(programs, name), 'utf8')),
);
const textsOf = (runtime: RuntimeId): string[] => [
  ...new Set(CASES.filter((one) => one.runtime === runtime).flatMap(({ files }) => Object.values(files))),
];
const TEXTS = textsOf('node');
const PYTHON_TEXTS = textsOf('python');

async function listed(options = {}): Promise<string[]> {
  const files: string[] = [];
  for await (const file of sourceFiles(folder, options)) files.push(path.relative(folder, file));
  return files.sort();
}

/** All that an editor asks for at the end of the text. */
function showAll(project: Project, file: string, lines: string[]): void {
  const position = { line: lines.length - 1, character: lines.at(-1)!.length };
  const all = { start: { line: 0, character: 0 }, end: position };
  hintsIn(project, file, all, () => false);
  linksIn(project, file, String);
  lensesIn(project, file, String);
  hoverAt(project, file, position);
  definitionAt(project, file, position, String);
  pathsAt(project, file, position);
  messageTypesAt(project, file, position);
  itemsAt(project, file, position, String);
  outgoingOf(project, file, String);
  editsForMove(project, file, at('b.js'), String);
}

describe('the project', () => {
  it('takes every half-typed program: each of its beginnings', function () {
    this.timeout(300_000);
    const project = new Project();
    const takeAll = (file: string, texts: readonly string[]): void => {
      for (const text of texts) {
        for (let end = 0; end <= text.length; end += 3) {
          project.setText(file, text.slice(0, end));
          project.diagnose(file);
          showAll(project, file, text.slice(0, end).split('\n'));
        }
      }
    };
    takeAll(at('a.js'), TEXTS);
    takeAll(at('a.py'), PYTHON_TEXTS);
  });

  /** Behind `not` stood nothing here, which a rule did not expect. */
  const HALF_TYPED: [string, { at: number; length: number; text: string }[]][] = [
    [
      PYTHON_TEXTS.find((text) => text.startsWith('# Loops that wait, or do something.'))!,
      [
        { at: 0, length: 3, text: 'thread.daemon = True\n' },
        { at: 800079796, length: 5, text: ':' },
        { at: 0, length: 12, text: ':' },
        { at: 0, length: 15, text: '"' },
        { at: 0, length: 9, text: 'with ' },
        { at: 1834627117, length: 10, text: '' },
      ],
    ],
  ];
  const TYPED: [name: string, programs: string[], pieces: string[]][] = [
    ['a.js', [...PROGRAMS, ...TEXTS], ['', '\n', 'worker.unref();\n', '}', '(', "'", '`', 'await ', '//', '/*', 'x']],
    ['a.py', PYTHON_TEXTS, ['', '\n', 'thread.daemon = True\n', '    ', '(', '"', '"""', 'with ', ':', '#', 'x', '\f']],
  ];
  for (const [name, programs, pieces] of TYPED)
    it(`finds the same in a text that was typed step by step as in the text at once: ${name}`, function () {
      this.timeout(300_000);
      const edit = fc.record({ at: fc.nat(), length: fc.nat({ max: 20 }), text: fc.constantFrom(...pieces) });
      fc.assert(
        fc.property(fc.constantFrom(...programs), fc.array(edit, { maxLength: 12 }), (program, edits) => {
          const [typed, whole] = [new Project(), new Project()];
          let text = program;
          typed.setText(at(name), text);
          typed.diagnose(at(name));
          for (const { at: place, length, text: put } of edits) {
            const start = place % (text.length + 1);
            const end = Math.min(text.length, start + length);
            text = text.slice(0, start) + put + text.slice(end);
            typed.setText(at(name), text, { start, end, length: put.length });
            typed.diagnose(at(name));
          }
          whole.setText(at(name), text);
          const told = (project: Project): unknown =>
            project.diagnose(at(name))?.findings.map(({ rule, span: span, message }) => [rule, span, message]);
          assert.deepEqual(told(typed), told(whole));
        }),
        { numRuns: 600, examples: name === 'a.py' ? HALF_TYPED : [] },
      );
    });

  it('takes garbage', () => {
    const project = new Project();
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        project.setText(at('a.ts'), `/* worker_threads */ ${text}`);
        project.diagnose(at('a.ts'));
        project.setText(at('a.py'), `import threading\n${text}`);
        project.diagnose(at('a.py'));
      }),
    );
    fs.writeFileSync(at('b.js'), Buffer.from([0xff, 0xfe, 0, 0x80, 0xc3, 0x28]));
    project.index(at('b.js'));
    assert.equal(project.diagnose(at('b.js')), undefined);
  });

  it('leaves files alone that nobody has written: of more than a million characters', () => {
    fs.writeFileSync(at('a.js'), `const a = require('worker_threads');${'a();'.repeat(1_250_000)}`);
    const project = new Project();
    project.index(at('a.js'));
    assert.equal(project.diagnose(at('a.js')), undefined);
    assert.deepEqual(project.files, []);
  });

  it('takes code that is nested as deep as a person never writes it', () => {
    const project = new Project();
    const deep = 500;
    project.setText(at('a.js'), `require('worker_threads');${'f('.repeat(deep)}${')'.repeat(deep)}`);
    project.setText(at('b.js'), `require('worker_threads');a${' + 1'.repeat(1_000)};`);
    for (const name of ['a.js', 'b.js']) assert.deepEqual(project.diagnose(at(name))?.findings, []);
    const deeper = 100_000;
    project.setText(at('c.js'), `require('worker_threads');${'f('.repeat(deeper)}${')'.repeat(deeper)}`);
    assert.equal(project.diagnose(at('c.js')), undefined);
    project.setText(
      at('a.py'),
      `import threading\n${'f('.repeat(deep)}${')'.repeat(deep)}\na${' + 1'.repeat(1_000)}\n`,
    );
    assert.deepEqual(project.diagnose(at('a.py'))?.findings, []);
    project.setText(at('c.py'), `import threading\n${'f('.repeat(deeper / 10)}${')'.repeat(deeper / 10)}\n`);
    assert.deepEqual(project.diagnose(at('c.py'))?.findings ?? [], []);
  });

  it('reads a module anew for a script that it missed, and not for each keystroke in one that is there', () => {
    const project = new Project();
    const [main, script] = ['/nowhere/main.js', '/nowhere/w.js'];
    project.setText(
      main,
      `const { Worker } = require('worker_threads');\nnew Worker(require.resolve('./w'), { name: 'a' });\n`,
    );
    assert.deepEqual(project.importersOf(script), [main]);
    project.setText(script, '');
    assert.deepEqual(project.startersOf(script), [main]);
    const other = new Project();
    other.setText(script, '');
    other.setText(
      main,
      `const { Worker } = require('worker_threads');\nnew Worker(require.resolve('./w.js'), { name: 'a' });\n`,
    );
    assert.deepEqual(other.importersOf(script), []);
  });

  it('forgets a file that vanishes, and who was started by it', () => {
    const project = new Project();
    fs.writeFileSync(
      at('main.js'),
      `new (require('worker_threads').Worker)(require.resolve('./w.js'), { name: 'a' });\n`,
    );
    fs.writeFileSync(at('w.js'), 'for (;;);\n');
    for (const name of ['main.js', 'w.js']) project.index(at(name));
    assert.equal(project.diagnose(at('w.js'))?.findings.length, 1);
    fs.rmSync(at('main.js'));
    project.changed(at('main.js'));
    assert.equal(project.diagnose(at('w.js')), undefined);
    assert.deepEqual(project.files, []);
  });
});

describe('the walk through a folder', () => {
  it('ends in folders that link to themselves, and leaves out what it may not read', async () => {
    fs.mkdirSync(at('inner'));
    fs.writeFileSync(at('inner/a.js'), '');
    fs.symlinkSync(folder, at('inner/loop'));
    fs.symlinkSync(at('nowhere.js'), at('broken.js'));
    assert.deepEqual(await listed(), ['inner/a.js']);
    for await (const file of sourceFiles(at('there-is-none'))) assert.fail(file);
  });

  it('leaves out what is installed, hidden, ignored or excluded, as nearer files say', async () => {
    for (const name of ['node_modules', 'venv', 'inner/__pycache__', '.git', 'made', 'inner/made'])
      fs.mkdirSync(at(name), { recursive: true });
    for (const name of [
      'a.js',
      'b.d.ts',
      'c.txt',
      'node_modules/a.js',
      'venv/a.py',
      'inner/__pycache__/a.py',
      '.git/a.js',
      'made/a.js',
      'inner/made/a.ts',
      'inner/kept.ts',
      'inner/not.ts',
    ])
      fs.writeFileSync(at(name), '');
    fs.writeFileSync(at('.gitignore'), '/made\n');
    fs.writeFileSync(at('inner/.gitignore'), 'not.ts\n');
    assert.deepEqual(await listed(), ['a.js', 'inner/kept.ts', 'inner/made/a.ts']);
    assert.deepEqual(await listed({ exclude: ['inner/made/'] }), ['a.js', 'inner/kept.ts']);
  });

  it('ends when nobody wants it any more', async () => {
    fs.writeFileSync(at('a.js'), '');
    assert.deepEqual(await listed({ isCancelled: () => true }), []);
  });
});
