// What each rule finds in a few lines, and in their healthy twins.
import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { RUNTIME_IDS, type RuntimeId } from '../../../src/protocol/probeEvents';
import { hasOwnWords, RULES, RULE_IDS, type Rule, type RuleId } from '../../../src/protocol/rules';
import { Project } from '../../../src/server/project';
import type { Finding } from '../../../src/server/language';
import { CASES, MARK, type Files } from './cases';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'lifelines-rules-'));
after(() => fs.rmSync(folder, { recursive: true, force: true }));

/** It is read from the disk. */
const MANIFEST = 'package.json';
/** Notes of other rules are told of these programs, too, and rightly: each is about its own. */
const isApart = ({ rule, severity }: Finding): boolean => (severity ?? RULES[rule].severity) === 'info';

function projectOf(files: Files): Project {
  const project = new Project();
  project.setRoots([folder]);
  fs.rmSync(path.join(folder, MANIFEST), { force: true });
  for (const [name, text] of Object.entries(files)) {
    if (name === MANIFEST) fs.writeFileSync(path.join(folder, name), text);
    else project.setText(path.join(folder, name), text);
  }
  return project;
}

/** `main.js:3 rule`, in their order. */
function found(project: Project, files: Files, only: string): string[] {
  return Object.keys(files).flatMap((name) => {
    const { lines, findings } = project.diagnose(path.join(folder, name)) ?? { findings: [] };
    return findings
      .filter((one) => one.rule === only || !isApart(one))
      .map(({ rule, span }) => `${name}:${lines!.getLineAndCharacterOfPosition(span.start).line + 1} ${rule}`);
  });
}

const marked = (files: Files): string[] =>
  Object.entries(files).flatMap(([name, text]) =>
    text.split('\n').flatMap((line, i) => [...line.matchAll(MARK)].map(([, rule]) => `${name}:${i + 1} ${rule}`)),
  );

/** Folders of the languages, by the runtime. */
const ROOMS = { node: 'javascript', python: 'python' };
const isOf = (id: RuleId, runtime: RuntimeId): boolean => ((RULES[id] as Rule).only ?? runtime) === runtime;
const ruleFile = (id: RuleId, runtime: RuntimeId): string =>
  path.join('src/server', ROOMS[runtime], 'rules', camelCase(RULES[id].category), `${camelCase(id)}.ts`);
/** Of these, only a run shows the mistake. */
const ONLY_IN_RUN: Record<RuntimeId, RuleId[]> = {
  node: [
    'cut-off-while-holding',
    'unsettled-await',
    'exit-while-writing',
    'exit-listener-skipped',
    'deadlock',
    'unstoppable-thread',
    'out-of-memory',
    'broken-message',
    'posted-to-ended',
    'restart-loop',
    'crash',
  ],
  python: [
    'cut-off-while-holding',
    'task-cut-off',
    'unread-messages',
    'join-interrupted',
    'signal-not-handled',
    'crash',
  ],
};
/** It has words for Python, or is Python’s alone. */
const canBePython = (id: RuleId): boolean => (RULES[id] as Rule).only === 'python' || hasOwnWords(id, 'python');

describe('the rules in the source', () => {
  for (const { rule, title, files } of CASES)
    it(`${rule}: ${title}`, () => assert.deepEqual(found(projectOf(files), files, rule), marked(files)));

  it('find in each program what its first comment says', () => {
    const named = (files: Files): string[] => [...new Set(marked(files).map((line) => line.split(' ')[1]!))];
    for (const { name, files, findings } of CASES) assert.deepEqual(findings.sort(), named(files).sort(), name);
  });

  it('have 176 cases or more, and all have some but those that only a run shows', () => {
    assert.ok(CASES.length >= 176, `${CASES.length} cases`);
    for (const runtime of RUNTIME_IDS) {
      const withCases = new Set<string>(CASES.filter((one) => one.runtime === runtime).map(({ rule }) => rule));
      assert.equal(withCases.size, { node: 23, python: 22 }[runtime]);
      const without = RULE_IDS.filter((rule) => !withCases.has(rule) && isOf(rule, runtime));
      assert.deepEqual(runtime === 'node' ? without : without.filter(canBePython), ONLY_IN_RUN[runtime]);
    }
  });

  it('have each a case in which it is found and one in which nothing is, and are all known', () => {
    for (const rule of new Set(CASES.map((one) => one.rule))) {
      assert.ok((RULE_IDS as string[]).includes(rule), rule);
      const counts = CASES.filter((one) => one.rule === rule).map(({ files }) => marked(files).length);
      assert.ok(counts.includes(0) && counts.some((count) => count > 0), rule);
    }
  });

  it('have each a file of their own, in the folder of their category', () => {
    for (const runtime of RUNTIME_IDS) {
      const none = RULE_IDS.filter((id) => isOf(id, runtime) && !fs.existsSync(ruleFile(id, runtime)));
      assert.deepEqual(runtime === 'node' ? none : none.filter(canBePython), ONLY_IN_RUN[runtime]);
    }
  });

  it('offer a change after which they find nothing, and the rest of the text stands', () => {
    let fixes = 0;
    for (const { files } of CASES) {
      const project = projectOf(files);
      for (const name of Object.keys(files)) {
        const file = path.join(folder, name);
        const { lines, findings } = project.diagnose(file) ?? { findings: [] };
        for (const { rule, span, fix } of findings) {
          if (!fix) continue;
          fixes++;
          const fixed = applied(lines!.text, fix.edits);
          const again = projectOf({ ...files, [name]: fixed }).diagnose(file)!.findings;
          const count = (list: Finding[]): number => list.filter((one) => one.rule === rule).length;
          assert.equal(count(again), count(findings) - 1, `${rule} at ${span.start} of\n${fixed}`);
        }
      }
    }
    assert.ok(fixes > 0);
  });

  it('change a Python program line by line, in its indentation and around its comments', () => {
    /** Lines that are new. */
    const fixedOf = (name: string): string[] => {
      const text = fs.readFileSync(path.join('test/programs/repairs', name, 'main.py'), 'utf8');
      const { findings } = projectOf({ 'main.py': text }).diagnose(path.join(folder, 'main.py'))!;
      const [fix] = findings.flatMap((one) => one.fix ?? []);
      const before = new Set(text.split('\n'));
      return applied(text, fix!.edits)
        .split('\n')
        .filter((line) => !before.has(line));
    };
    assert.deepEqual(fixedOf('pythonHeldByQueue'), [
      '        item = numbers.get()',
      '        if item is None:',
      '            break',
      '        print(factor * item)  # and aloud',
      '    numbers.put(None)',
    ]);
    assert.deepEqual(fixedOf('pythonDaemonRecords'), [
      'stop = threading.Event()',
      '        while not stop.is_set():',
      '            stop.wait(10)  # seconds',
      '    stop.set()',
      '    recorder.join()',
    ]);
    assert.deepEqual(fixedOf('pythonDaemonSaves'), [
      '            if line is None:',
      '                break',
      'thread = threading.Thread(target=save, daemon=True)',
      'thread.start()  # it saves',
      'lines.put(None)',
      'thread.join()',
    ]);
  });

  it('offer for the script of a pool only what the pool takes', () => {
    const fixesOf = (name: string, text: string): (string | undefined)[] => {
      const files = { [name]: text, [path.join(path.dirname(name), 'q.js')]: '' };
      const { findings } = projectOf(files).diagnose(path.join(folder, name))!;
      return findings.map(({ fix }) => fix?.edits[0]!.text);
    };
    const esm = `import Piscina from 'piscina';\nimport { pool } from 'workerpool';\n`;
    assert.deepEqual(
      fixesOf('in/a.mjs', `${esm}new Piscina({ filename: './q.js' });\nexport const a = pool('./q.js');`),
      [`new URL('./q.js', import.meta.url).href`, undefined],
    );
    assert.deepEqual(fixesOf('in/a.js', `exports.a = require('workerpool').pool('./q.js');`), [
      `require.resolve('./q.js')`,
    ]);
  });

  it('are silent where a comment says so: on its line, on the next, and in the whole file', () => {
    const text = (before: string, behind: string): string =>
      `const { Worker } = require('worker_threads');\n${before}\nnew Worker(__filename, { workerData: () => {} }); ${behind}\n`;
    const count = (source: string): number => {
      const file = path.join(folder, 'suppressed.js');
      const project = new Project();
      project.setText(file, source);
      return project.diagnose(file)!.findings.filter(({ rule }) => rule === 'uncloneable-value').length;
    };
    assert.equal(count(text('', '')), 1);
    assert.equal(count(text('// thread-lifelines-disable-next-line uncloneable-value', '')), 0);
    assert.equal(count(text('// thread-lifelines-disable-next-line', '')), 0);
    assert.equal(
      count(text('// thread-lifelines-disable-next-line unref-undone, uncloneable-value -- it is caught', '')),
      0,
    );
    assert.equal(count(text('// thread-lifelines-disable-next-line unref-undone', '')), 1);
    assert.equal(count(text('', '// thread-lifelines-disable-line uncloneable-value')), 0);
    assert.equal(count(text('/* thread-lifelines-disable uncloneable-value */', '')), 0);
  });
});

const camelCase = (id: string): string => id.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());

function applied(text: string, edits: { start: number; end: number; text: string }[]): string {
  let result = text;
  for (const edit of [...edits].sort((a, b) => b.start - a.start))
    result = result.slice(0, edit.start) + edit.text + result.slice(edit.end);
  return result;
}
