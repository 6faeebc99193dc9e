// Reports in another language hold no English. The language is made for the purpose: each piece of a sentence in brackets.
import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import * as errors from '../../../src/adapter/errors';
import { useLanguage, type Translation } from '../../../src/common/l10n';
import { emptyModel, fold } from '../../../src/model/facts/facts';
import { snapshotOf } from '../../../src/model/picture';
import { reportMarkdown } from '../../../src/model/report/markdown';
import { exitReport, type ExitReport } from '../../../src/model/report/report';
import { consoleSummary, quietSummary } from '../../../src/model/report/summary';
import { reportText } from '../../../src/model/report/text';
import { FileId, PARENT_PORT, portOfWorker } from '../../../src/protocol/activity';
import type { Alive } from '../../../src/protocol/picture';
import { RULE_IDS, ruleOf } from '../../../src/protocol/rules';
import { statusText } from '../../../src/views/statusText';
import { Story, site } from '../../support/events';
import { story } from '../../support/stories';
import { translatable } from '../../support/translatable';

const bracketed = (sentence: string): string =>
  sentence.replace(/([^{}]*[a-z][^{}]*?)(\s*)(?=\{\d+\}|$)/gi, (_, text: string, space: string) => `⟦${text}⟧${space}`);

const translation: Translation = Object.fromEntries(
  [...translatable(['src']).keys()].map((sentence) => [sentence, bracketed(sentence)]),
);

/** What the stories are told of is the program's own, and so are the names of rules and of the runtime. */
const OWN =
  /\/app\/[\w.]*|main\.js|worker \d+|process\.exit\(0\)|thrown|Error|none|SIGTERM|SIGKILL|\bmain\b|Node 24\.0\.0|held\.log|\bout\b|\btest\b|piscina|Thread Lifelines|\$\(\w+\)|&emsp;|[a-z]+(-[a-z]+){1,3}(?=[`\]])/g;

const untranslated = (text: string): string[] =>
  text
    .replace(/\\(?=[^\w\s])/g, '')
    .replace(/⟦[^⟦⟧]*⟧/g, '')
    .replace(OWN, '')
    .match(/\p{L}+/gu) ?? [];

function snapshotAt({ events }: Story, now: number, complete = true) {
  const model = emptyModel();
  for (const event of events) fold(model, event);
  return snapshotOf(model, { title: 'test', now, damaged: 2, complete, notices: [] });
}

function assertTranslated(report: ExitReport): void {
  const summaries = [consoleSummary(report), quietSummary(report)].map((line) => line ?? '');
  for (const text of [reportMarkdown(report), ...summaries]) assert.deepEqual(untranslated(text), [], text);
  // Lines are broken at a width, in the middle of what is in brackets.
  assert.deepEqual(untranslated(reportText(report).replace(/\n +/g, ' ')), []);
}

describe('in another language', () => {
  before(() => useLanguage('de', translation));
  after(() => useLanguage('en', undefined));

  it('no report of any story holds a word of English', () => {
    fc.assert(
      fc.property(story, (told) => assertTranslated(exitReport(snapshotAt(told, 60e6)))),
      { numRuns: 200 },
    );
  });

  it('no rule and no error of the adapter does', () => {
    for (const { title, explanation, advice } of RULE_IDS.flatMap((id) => [ruleOf(id), ruleOf(id, 'python')]))
      assert.deepEqual(untranslated([title, explanation, advice].join()), []);
    for (const error of Object.values(errors)) assert.deepEqual(untranslated(error('1', '2').format), []);
  });

  it('a report of work that was cut off holds none', () => {
    const told = new Story()
      .begin(1e6)
      .tell(0, 1.1e6, 'thread-start', { id: 1, name: 'worker 1', at: site(7) })
      .tell(0, 1.2e6, 'thread-unref', { id: 1, at: site(8) })
      .tell(1, 1.3e6, 'thread-begin', {})
      .activity(0, 2.9e6, [['post', 2e6, portOfWorker(1), 0, 2]])
      .activity(1, 3e6, [
        ['post', 2.2e6, PARENT_PORT, 0, 3],
        ...Story.opened(2.3e6, FileId.firstOther, 20, '/app/held.log'),
        ['write', 2.4e6, FileId.firstOther, 4096, 1],
        ['write', 2.4e6, FileId.stdout, 9, 2],
        ['block', 2.5e6, 2],
      ])
      .tell(0, 3e6, 'exiting', { cause: 'returned', code: 0 })
      .tell(0, 3.1e6, 'exited', { code: 0 });
    assert.equal(snapshotAt(told, 4e6).findings.length, 1);
    assertTranslated(exitReport(snapshotAt(told, 4e6)));
  });

  it('what is told of a process that is still alive holds none', () => {
    const told = new Story()
      .begin(1e6)
      .tell(0, 1.1e6, 'thread-start', { id: 1, name: 'worker 1', at: site(7) })
      .tell(1, 1.2e6, 'thread-begin', {})
      .tell(0, 1.3e6, 'thread-online', { id: 1 })
      .resources(1, 2e6, { Timeout: 2, TCPSocketWrap: 1, MessagePort: 1 }, [PARENT_PORT])
      .resources(0, 2e6, { MessagePort: 2 }, [portOfWorker(1), portOfWorker(2) + 1000]);
    const snapshot = snapshotAt(told, 60e6, false);
    const { alive } = snapshot.processes[0]! as { alive: Alive };
    assert.ok(alive.holders.length > 0);
    assertTranslated(exitReport(snapshot));
    const status = statusText(snapshot)!;
    assert.deepEqual(untranslated(`${status.text} ${status.tooltip}`), []);
  });
});
