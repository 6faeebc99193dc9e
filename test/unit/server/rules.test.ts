// What each rule finds in a few lines, and in their healthy twins.
import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { RULES, RULE_IDS, type Rule, type RuleId } from '../../../src/protocol/rules';
import { Project } from '../../../src/server/project';
import type { Finding } from '../../../src/server/language';
import { CASES, type Files } from './cases';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'lifelines-rules-'));
after(() => fs.rmSync(folder, { recursive: true, force: true }));

/** It is read from the disk. */
const MANIFEST = 'package.json';
const MARK = /\/\/! ([a-z-]+)/g;
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

/** Nothing is read of Python’s source so far. */
const isOfJavaScript = (id: RuleId): boolean => (RULES[id] as Rule).only !== 'python';

describe('the rules in the source', () => {
  for (const { rule, title, files } of CASES)
    it(`${rule}: ${title}`, () => assert.deepEqual(found(projectOf(files), files, rule), marked(files)));

  it('find in each program what its first comment says', () => {
    const named = (files: Files): string[] => [...new Set(marked(files).map((line) => line.split(' ')[1]!))];
    for (const { name, files, findings } of CASES) assert.deepEqual(findings.sort(), named(files).sort(), name);
  });

  it('have 109 cases or more, and all have some but those that only a run shows', () => {
    assert.ok(CASES.length >= 109, `${CASES.length} cases`);
    const withCases = new Set<string>(CASES.map(({ rule }) => rule));
    assert.equal(withCases.size, 23);
    assert.deepEqual(
      RULE_IDS.filter((rule) => !withCases.has(rule) && isOfJavaScript(rule)),
      [
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
    );
  });

  it('have each a case in which it is found and one in which nothing is, and are all known', () => {
    for (const rule of new Set(CASES.map((one) => one.rule))) {
      assert.ok((RULE_IDS as string[]).includes(rule), rule);
      const counts = CASES.filter((one) => one.rule === rule).map(({ files }) => marked(files).length);
      assert.ok(counts.includes(0) && counts.some((count) => count > 0), rule);
    }
  });

  it('have each a file of their own, in the folder of their category', () => {
    const places = RULE_IDS.map((id) =>
      path.join('src/server/javascript/rules', camelCase(RULES[id].category), `${camelCase(id)}.ts`),
    );
    const none = RULE_IDS.filter((_, i) => !fs.existsSync(places[i]!)).filter(isOfJavaScript);
    assert.deepEqual(none, [
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
    ]); // only a run shows them
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
