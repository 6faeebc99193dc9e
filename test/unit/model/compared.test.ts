// What has changed between two runs of a program, in one sentence.
import assert from 'node:assert/strict';
import { comparedStarts, comparedText } from '../../../src/model/report/compared';
import { reportMarkdown } from '../../../src/model/report/markdown';
import { briefOf } from '../../../src/model/report/outcome';
import { earlierText } from '../../../src/model/report/words';
import { exitReport } from '../../../src/model/report/report';
import type { Ending, Snapshot } from '../../../src/protocol/picture';
import { at, ending, processPicture, snapshotOf, thread } from '../../webview/fixtures';

const returned = ending('returned', 90, 'its work was done');
const killed = ending('main-exit', 90, 'killed with main');
const lost = { ...killed, severity: 'error' as const };
const failed = ending('error', 90, 'uncaught Error');

/** @param line of the start: lines move while people mend */
const run = (ends: Ending[], line = 7): Snapshot =>
  snapshotOf(
    [
      thread({ id: 0, start: 0, ended: returned }),
      ...ends.map((ended, i) => thread({ id: i + 1, start: 5, label: 'job.js', startSite: at(line), ended })),
    ],
    { complete: true, processes: [processPicture({ exit: returned, over: true })] },
  );

describe('the run before', () => {
  it('is compared in one sentence, whatever lines moved', () => {
    assert.equal(
      comparedText(run([killed, killed, returned]), run([returned, returned, returned], 9)),
      'Compared with the run before: 2 threads are no longer killed.',
    );
    assert.equal(
      comparedText(run([lost, killed]), run([killed, failed])),
      'Compared with the run before: 1 thread no longer loses work; 1 more thread failed.',
    );
  });

  it('stands beside this one, by the lines that start threads, where their threads did not fare alike', () => {
    assert.deepEqual(comparedStarts(run([killed, killed, returned]), run([returned, lost], 9)), [
      { what: 'job.js (main.js:9)', before: '2 killed, 1 ended', after: '1 lost work, 1 ended' },
    ]);
    assert.deepEqual(comparedStarts(run([killed]), run([])), [
      { what: 'job.js (main.js:7)', before: '1 killed', after: '–' },
    ]);
    assert.deepEqual(comparedStarts(run([killed]), run([killed], 9)), []);
    const markdown = reportMarkdown(exitReport(run([returned], 9), run([killed])));
    assert.match(
      markdown,
      /\| Threads \| The run before \| This run \|\n.*\n\| job\\?\.js .*main\\?\.js:9.* \| 1 killed \| 1 ended \|/,
    );
  });

  it('says the place of code that has no name once', () => {
    const label = 'eval (main.js:7)';
    const of = (ended: Ending): Snapshot =>
      snapshotOf([thread({ id: 0, start: 0 }), thread({ id: 1, start: 5, label, startSite: at(7), ended })]);
    assert.deepEqual(comparedStarts(of(killed), of(returned)), [{ what: label, before: '1 killed', after: '1 ended' }]);
    const lives = { shortest: 1, longest: 1, total: 1 };
    const earlier = { label, at: at(7), count: 1, endings: { returned: 1 }, daemons: 0, lives } as never;
    assert.match(earlierText(earlier), /^eval \(main\.js:7\): 1 thread/);
  });

  it('is not spoken of where the runs came out alike', () => {
    assert.equal(comparedText(run([killed, returned]), run([returned, killed])), undefined);
  });
});

describe('a run in a list', () => {
  it('says how many threads it had and the gravest of what it cost', () => {
    assert.equal(briefOf(run([returned])), '2 threads · nothing lost');
    assert.equal(briefOf(run([killed])), '2 threads · nothing known to be lost');
    assert.equal(briefOf(run([lost, failed])), '3 threads · 1 lost');
    assert.equal(briefOf(run([failed, failed])), '3 threads · 2 uncaught errors');
  });

  it('counts no threads of tools', () => {
    const whole = run([returned]);
    const threads = [
      ...whole.threads,
      { ...whole.threads[1]!, key: `${whole.threads[1]!.key}t`, kind: 'tool' as const },
    ];
    assert.equal(briefOf({ ...whole, threads }), '2 threads · nothing lost');
  });
});
