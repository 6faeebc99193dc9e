// Where a rule is found: in the file of its name, in the folder of its category, in runs and in the source alike.
import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import { RULES, RULE_IDS, type Rule } from '../../../src/protocol/rules';

const camelCase = (words: string): string => words.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
const rulesOf = (wanted: (rule: Rule) => boolean): string[] =>
  RULE_IDS.filter((id) => wanted(RULES[id])).map((id) => `${camelCase(RULES[id].category)}/${camelCase(id)}.ts`);

/** Files in its folders, but for what rules share; those of one runtime alone may stand in a folder of their own. */
const filesIn = (folder: string): string[] =>
  fs
    .readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== 'shared')
    .flatMap(({ name }) => {
      const files = fs.readdirSync(`${folder}/${name}`, { recursive: true, withFileTypes: true });
      return files.filter((file) => file.isFile()).map((file) => `${name}/${file.name}`);
    });

describe('the files of the rules', () => {
  it('are one for each rule that a run can break', () => {
    const inRuns = rulesOf(({ inSourceOnly }) => !inSourceOnly);
    assert.deepEqual(filesIn('src/model/findings').sort(), inRuns.sort());
  });

  it('are named as the rules in the source too', () => {
    const all = rulesOf(() => true);
    assert.deepEqual(
      filesIn('src/server/javascript/rules').filter((file) => !all.includes(file)),
      [],
    );
  });
});
