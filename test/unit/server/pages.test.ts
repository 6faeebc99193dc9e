// The examples on the pages of the rules: the mistake is found, and what the page says to do instead is not.
import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import { RULE_IDS } from '../../../src/protocol/rules';
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
  'join-interrupted': 'when Ctrl+C comes, a run shows',
  'signal-not-handled': 'whether a signal comes, a run shows',
  'thread-failed': 'what the function is given, a run shows',
};

const LANGUAGES = { js: 'main.js', ts: 'main.js', python: 'main.py' };

function rulesIn(text: string, language: keyof typeof LANGUAGES): string[] {
  const file = `/nowhere/at/all/${LANGUAGES[language]}`;
  const project = new Project();
  project.setText(file, text);
  return project.diagnose(file)?.findings.map(({ rule }) => rule) ?? [];
}

describe('the examples on the pages of the rules', () => {
  for (const id of RULE_IDS) {
    const blocks = [
      ...fs.readFileSync(`docs/rules/${id}.md`, 'utf8').matchAll(/```(js|ts|python)\n([\s\S]*?)```/g),
    ].map(([, language, text]) => rulesIn(text!, language as keyof typeof LANGUAGES));
    if (!(id in NOT_IN_SOURCE)) it(`show ${id} in the source`, () => assert.ok(blocks[0]!.includes(id)));
    it(`do not show ${id} any more where it was changed`, () => assert.ok(!blocks.at(-1)!.includes(id)));
  }
});
