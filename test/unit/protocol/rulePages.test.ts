import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import { RULES, ruleOf, rulePage, RULE_IDS, type Rule } from '../../../src/protocol/rules';

const index = fs.readFileSync('docs/rules/README.md', 'utf8');

describe('the pages of the rules', () => {
  for (const id of RULE_IDS) {
    it(`describe ${id} under its title and in its words, and are named in the index`, () => {
      const page = fs.readFileSync(`docs/${rulePage(id)}`, 'utf8');
      const { title, severity, explanation, advice } = ruleOf(id);
      assert.equal(page.split('\n')[0], `# ${title}`);
      assert.ok(page.includes(`\n## Why\n\n${explanation}\n`), explanation);
      assert.ok(page.includes(`\n## What to change\n\n${advice}\n`), advice);
      const { python = {} }: Rule = RULES[id];
      for (const text of Object.values(python)) assert.ok(page.split('\n## In Python\n')[1]?.includes(text), text);
      assert.ok(index.includes(`| [\`${id}\`](${id}.md) | ${severity} | ${title} |\n`));
    });
  }

  it('are of rules that exist', () => {
    const pages = fs.readdirSync('docs/rules').filter((name) => name !== 'README.md');
    assert.deepEqual(pages, RULE_IDS.map((id) => `${id}.md`).sort());
  });
});
