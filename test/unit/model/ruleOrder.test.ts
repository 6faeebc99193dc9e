// Which rule speaks where several could.
import assert from 'node:assert/strict';
import { emptyModel, fold, type ProcessFacts } from '../../../src/model/facts/facts';
import { gravest } from '../../../src/model/findings/rule';
import type { RuleId } from '../../../src/protocol/rules';
import type { RuntimeId } from '../../../src/protocol/probeEvents';
import { Story } from '../../support/events';

function processOnNode(): ProcessFacts {
  const model = emptyModel();
  for (const event of new Story().begin(1).events) fold(model, event);
  return [...model.processes.values()][0]!;
}

const rule = (id: RuleId, more: { runtimes?: RuntimeId[]; isSilent?: boolean } = {}) => ({
  id,
  ...(more.runtimes ? { runtimes: more.runtimes } : {}),
  check: () => (more.isSilent ? undefined : { t: 1, text: `by ${id}` }),
});
const spoken = (...rules: ReturnType<typeof rule>[]): string[] =>
  gravest(rules, { process: processOnNode() }).map(({ rule: id, text }) => `${id}: ${text}`);

describe('of rules in one list', () => {
  it('the first that has something to say is heard, and no other', () => {
    assert.deepEqual(
      spoken(rule('task-cut-off', { isSilent: true }), rule('unread-messages'), rule('lost-with-owner')),
      ['unread-messages: by unread-messages'],
    );
    assert.deepEqual(spoken(rule('task-cut-off', { isSilent: true })), []);
  });

  it('those of another runtime are passed over', () => {
    assert.deepEqual(spoken(rule('out-of-memory', { runtimes: ['python'] }), rule('unread-messages')), [
      'unread-messages: by unread-messages',
    ]);
    assert.deepEqual(spoken(rule('out-of-memory', { runtimes: ['node', 'python'] })), [
      'out-of-memory: by out-of-memory',
    ]);
  });
});
