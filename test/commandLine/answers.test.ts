// Each program on pages that explain comes out as the lines below it say.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { pythons } from '../support/runtimes/python';

const CLI = path.resolve('dist/cli.js');
const PAGES = ['daemon-threads', 'from-node-to-python', 'from-python-to-node'];
/** A program, whose first line is its name, and what is said of it. */
const ANSWERS = /^```(python|js)\n((?:#|\/\/) (\S+)\n[^`]*?(?:`[^`]+`[^`]*?)*)```\n\n```text\n([^`]+)```$/gm;

const inOneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();

for (const page of PAGES) describe(`the page ${page}`, () => checkPage(fs.readFileSync(`docs/${page}.md`, 'utf8')));

function checkPage(text: string): void {
  let folder: string;
  before(() => (folder = fs.mkdtempSync(path.join(os.tmpdir(), 'lifelines-answers-'))));
  after(() => fs.rmSync(folder, { recursive: true }));

  const answers = [...text.matchAll(ANSWERS)];

  it('says of each of its programs how it comes out', () => {
    assert.ok(answers.length > 0);
    assert.equal(answers.length, text.match(/^```(python|js)$/gm)?.length);
  });

  for (const [, language, code, name, said] of answers) {
    it(`is right about ${name}`, function () {
      const [python] = pythons().values();
      if (language === 'python' && !python) this.skip(); // there is no Python
      fs.writeFileSync(path.join(folder, name!), code!);
      const runtime = language === 'python' ? python! : process.execPath;
      const { stdout, stderr } = spawnSync(process.execPath, [CLI, 'record', '--', runtime, name!], {
        cwd: folder,
        encoding: 'utf8',
      });
      const told = inOneLine(stdout + stderr);
      const missing = said!
        .trim()
        .split('\n')
        .filter((line) => !told.includes(inOneLine(line)));
      assert.deepEqual(missing, [], told);
    });
  }
}
