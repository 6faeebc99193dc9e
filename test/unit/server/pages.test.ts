// The examples on the pages of the rules: the mistake is found, and what the page says to do instead is not.
import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import { RULES, RULE_IDS, type Rule } from '../../../src/protocol/rules';
import { Project } from '../../../src/server/project';

/** Of these pages the mistake shows in the run alone, or not in so few lines; nothing of the kind is said of the others. */
const NOT_IN_SOURCE: Partial<Record<string, string>> = {
  'no-loader': 'the package says which Node',
  crash: 'a run shows it',
  'out-of-memory': 'a run shows it',
  'cut-off-while-holding': 'how long it holds them, a run shows',
  'exit-listener-skipped': 'how the worker ends, a run shows',
  'unsettled-await': 'what keeps the process alive, a run shows',
  deadlock: 'who wakes whom, a run shows',
  'unstoppable-thread': 'whether the call returns, a run shows',
  'broken-message': 'how deep it is nested, a run shows',
  'exit-while-writing': 'how long the write takes, a run shows',
  'posted-to-ended': 'when the worker ends, a run shows',
  'restart-loop': 'whether it fails, a run shows',
  'task-cut-off': 'which task is long, a run shows',
  'thread-churn': 'how long they live, a run shows',
  'unread-messages': 'how long the worker takes, a run shows',
  'worker-file-not-found': 'whether the file is there, the disk says',
};

const FILE = '/nowhere/at/all/main.js';

function rulesIn(text: string): string[] {
  const project = new Project();
  project.setText(FILE, text);
  return project.diagnose(FILE)?.findings.map(({ rule }) => rule) ?? [];
}

/** Mistakes of Python’s alone: nothing is read of its source so far. */
const inJavaScript = RULE_IDS.filter((id) => (RULES[id] as Rule).only !== 'python');

describe('the examples on the pages of the rules', () => {
  for (const id of inJavaScript) {
    const blocks = [...fs.readFileSync(`docs/rules/${id}.md`, 'utf8').matchAll(/```[jt]s\n([\s\S]*?)```/g)].map(
      ([, text]) => text!,
    );
    if (!(id in NOT_IN_SOURCE)) it(`show ${id} in the source`, () => assert.ok(rulesIn(blocks[0]!).includes(id)));
    it(`do not show ${id} any more where it was changed`, () => assert.ok(!rulesIn(blocks.at(-1)!).includes(id)));
  }
});
