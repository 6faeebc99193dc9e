import type { Snapshot } from '../../../src/protocol/picture';
import assert from 'node:assert/strict';
import { runOf } from '../../../media/timeline/data/run';
import { type Details, detailsOf } from '../../../media/timeline/stories/details';
import {
  at,
  demo,
  demoWithFindings,
  everyEnding,
  finding,
  flip,
  PROCESS,
  snapshotOf,
  START,
  thread,
} from '../../webview/fixtures';

function detailsIn(snapshot: Snapshot, label: string): Details {
  const run = runOf(snapshot, undefined);
  const lane = run.lanes.find((one) => one.thread.label === label)!;
  return detailsOf(lane, run, { origin: run.origin, now: snapshot.now });
}

/** `section / label: text`, links in brackets with where they lead. */
const lines = ({ sections }: Details): string[] =>
  sections.flatMap(({ heading, facts }) =>
    facts.map(({ label, parts }) => {
      const text = parts.map((part) => {
        const target = part.site ? `${part.site.file}:${part.site.line}` : (part.thread ?? part.rule);
        return target ? `[${part.text}](${target})` : part.text;
      });
      return `${heading} / ${label}: ${text.join('')}`;
    }),
  );

describe('the details of a thread', () => {
  it('tell the program’s own line of its start, and that of the package second', () => {
    const by = { at: { ...at(57), file: '/app/node_modules/piscina/index.js' }, library: 'piscina' };
    const [own, alone] = [at(3), by.at].map((startSite) => {
      const pooled = thread({ id: 1, start: 1, label: 'pooled', startSite, startedBy: by });
      return lines(detailsIn(snapshotOf([thread({ id: 0, start: 0 }), pooled]), 'pooled'));
    });
    const line = own!.findIndex((text) => text.startsWith('Life / Started:'));
    assert.match(own![line]!, /\(.*:3\)$/);
    assert.equal(own![line + 1], 'Life / By piscina: at [index.js:57](/app/node_modules/piscina/index.js:57)');
    assert.ok(alone!.some((text) => text.startsWith('Life / By piscina, and no line of the program is known: ')));
  });

  it('tell its life with the lines that began and ended it, its owner and those that it started', () => {
    const told = lines(detailsIn(demo(), 'stuck'));
    for (const line of [
      `Life / Started by: [main](${PROCESS}:0)`,
      'Life / Started: 0.210 s at [main.js:16](/home/ada/demo/main.js:16)',
      'Life / terminate(): 0.900 s at [main.js:41](/home/ada/demo/main.js:41)',
      'Ending / Ended: 0.912 s: terminate() was called at [main.js:41](/home/ada/demo/main.js:41)',
      'Ending / Exit code: 1',
    ])
      assert.ok(told.includes(line), `${line}\nis not in\n${told.join('\n')}`);
    assert.ok(
      lines(detailsIn(demo(), 'build')).includes(
        `Threads it started / killed with its owner “build”: its work was done: [minify](${PROCESS}:4)`,
      ),
    );
  });

  it('begin with what a thread that lives does', () => {
    const { sections } = detailsIn(snapshotOf([thread({ id: 0, start: 0 }), thread({ id: 1, start: 9 })]), 'worker 1');
    assert.deepEqual([sections[0]!.heading, sections[0]!.facts.map(({ label }) => label)], ['State', ['Now']]);
  });

  it('explain each finding, with what to change, the lines that belong to it, and its page', () => {
    const whole = demoWithFindings();
    const related = [
      { text: 'unref() was called here', at: at(12) },
      { text: 'It was started here', at: at(31, '/home/ada/demo/logger.js') },
    ];
    const another = finding('unref-undone', { thread: `${PROCESS}:1`, related });
    const details = detailsIn({ ...whole, findings: [...whole.findings, another] }, 'logger');
    assert.deepEqual(
      details.sections.slice(0, 4).map(({ heading, severity }) => [heading, severity]),
      [
        ['Ending', undefined],
        ['Left undone', undefined],
        ['error: Cut off while writing', 'error'],
        ['warning: unref() undone by a listener', 'warning'],
      ],
    );
    const told = lines(details).filter((line) => line.startsWith('error'));
    assert.match(told[0]!, / : “logger” was killed when main finished\. .* It was writing 64\.0 kB to/);
    assert.match(told[1]!, /Line: \[main\.js:13\]/);
    assert.match(told[2]!, /See: It was started here at \[main\.js:11\]\(\/home\/ada\/demo\/main\.js:11\)/);
    assert.match(told[3]!, /Why: When main ends, every other thread is killed/);
    assert.match(told[4]!, /What to change: /);
    assert.equal(
      told[5],
      'error: Cut off while writing / More: [About “Cut off while writing”](cut-off-while-writing)',
    );
    assert.deepEqual(
      lines(details).filter((line) => line.startsWith('warning: unref() undone by a listener / See')),
      [
        'warning: unref() undone by a listener / See: unref() was called here at [main.js:12](/home/ada/demo/main.js:12)',
        'warning: unref() undone by a listener / See: It was started here at [logger.js:31](/home/ada/demo/logger.js:31)',
      ],
    );
  });

  it('tell what it left undone and what became of it, without ado about waits', () => {
    const undone = lines(detailsIn(demoWithFindings(), 'logger')).filter((line) => line.startsWith('Left undone'));
    assert.equal(undone.length, 5);
    assert.match(undone[0]!, /2026-11-24\.log: completed if it had begun$/);
    assert.match(undone[4]!, /: it was waiting in Atomics\.wait \(logger\.js:31\)$/);
  });

  it('tell what was seen of it and need be no trouble, with its line', () => {
    const notes = [
      {
        text: '1 message went nowhere (posted at main.js:9).',
        at: { file: '/home/ada/demo/main.js', line: 9, column: 1 },
      },
      { text: 'Nobody heard.' },
    ];
    const told = lines(detailsIn(snapshotOf([{ ...thread({ id: 0, start: 0 }), notes }]), 'main'));
    assert.deepEqual(
      told.filter((line) => line.startsWith('Also seen')),
      [
        'Also seen / : 1 message went nowhere (posted at [main.js:9](/home/ada/demo/main.js:9)).',
        'Also seen / : Nobody heard.',
      ],
    );
  });

  it('tell every call of ref() and unref(), of very many the latest with the number of the others', () => {
    const calls = Array.from({ length: 250 }, (_, i) => flip(20 + i, i % 2 === 1, 30));
    const refs = [flip(10, true, 11), ...calls];
    const told = lines(
      detailsIn(snapshotOf([thread({ id: 0, start: 0 }), thread({ id: 1, start: 10, refs })]), 'worker 1'),
    ).filter((line) => line.startsWith('Keeping'));
    assert.equal(told.length, 102);
    assert.equal(told[1], 'Keeping the process alive / : 150 earlier calls, then');
    assert.equal(told.at(-1), 'Keeping the process alive / ref(): 0.269 s at [main.js:30](/home/ada/demo/main.js:30)');
  });

  it('show the error that ended it with links to the frames of its own files', () => {
    const error = {
      t: START + 500,
      name: 'TypeError',
      message: 'no',
      stack: 'TypeError: no\n    at go (/home/ada/demo/w.js:3:5)\n    at node:internal/x:1:2',
      at: at(3, '/home/ada/demo/w.js'),
    };
    const told = lines(
      detailsIn(snapshotOf([thread({ id: 0, start: 0 }), thread({ id: 1, start: 10, error })]), 'worker 1'),
    ).filter((line) => line.startsWith('Error'));
    assert.deepEqual(told, [
      'Error / What: TypeError: no',
      'Error / Where: [w.js:3](/home/ada/demo/w.js:3)',
      'Error / Stack: [at go (/home/ada/demo/w.js:3:5)](/home/ada/demo/w.js:3)',
      'Error / : at node:internal/x:1:2',
    ]);
  });

  it('say what is not known, and nothing of what was not seen', () => {
    const told = lines(detailsIn(everyEnding(), 'worker 21'));
    assert.ok(told.includes('Life / Note: It ran without the probe: only what its owner saw is known.'));
    assert.ok(told.includes('Keeping the process alive / Process: Whether it keeps the process alive is unknown.'));
    assert.equal(
      told.some((line) => line.startsWith('Activity')),
      false,
    );
  });

  it('count messages, waits and what was dropped', () => {
    const told = lines(detailsIn(demoWithFindings(), 'logger')).filter((line) => line.startsWith('Activity'));
    assert.match(
      told[0]!,
      /To its owner: 12000 of 12345 received, 2 with no listener, after 480 µs, at most 91\.0 ms$/,
    );
  });
});
