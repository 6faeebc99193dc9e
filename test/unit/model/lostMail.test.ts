// Messages that nobody read, and awaits that nobody settled, by how sure the facts make it.
import assert from 'node:assert/strict';
import { emptyModel, fold } from '../../../src/model/facts/facts';
import { snapshotOf } from '../../../src/model/picture';
import { exitReport, type ProcessReport } from '../../../src/model/report/report';
import { PARENT_PORT, portOfWorker } from '../../../src/protocol/activity';
import { Story, site } from '../../support/events';

const WORKER = 1;
const PORT = portOfWorker(WORKER);
const NEWS = 5;
/** In µs. */
const SECOND = 1e6;

function reportOf({ events }: Story): ProcessReport {
  const model = emptyModel();
  for (const event of events) fold(model, event);
  return exitReport(snapshotOf(model, { title: 'test', now: 0, damaged: 0, complete: true, notices: [] }))
    .processes[0]!;
}
const notesOf = (story: Story): string[] => reportOf(story).notes ?? [];
const rules = (story: Story): string[] => reportOf(story).findings.map(({ rule }) => rule);

/** A worker that has ended by itself at second 3. */
const ended = (tell: (story: Story) => Story = (story) => story): Story =>
  tell(
    new Story()
      .begin(1 * SECOND)
      .tell(0, 1.1 * SECOND, 'thread-start', { id: WORKER, name: 'reader', at: site(3) })
      .tell(WORKER, 1.2 * SECOND, 'thread-begin', {}),
  )
    .tell(WORKER, 3 * SECOND, 'exiting', { cause: 'returned', code: 0 })
    .tell(WORKER, 3 * SECOND + 10, 'exited', { code: 0 })
    .tell(0, 3 * SECOND + 20, 'thread-exit', { id: WORKER, code: 0 });

describe('a message that could not be deserialized', () => {
  const broken = (unheard: number): Story =>
    ended((story) => story.tell(WORKER, 2 * SECOND, 'post-site', { port: PARENT_PORT, at: site(7) })).activity(
      0,
      4 * SECOND,
      [
        ['receive', 2.1 * SECOND, PORT, 0, 1],
        ['broken', 2.1 * SECOND, PORT, unheard, 1],
      ],
    );

  it('is lost where nobody listens for that, and told with the line that posts it', () => {
    const { findings, notes } = reportOf(broken(1));
    assert.deepEqual(
      findings.map(({ rule, at, text }) => [rule, at?.line, text]),
      [
        [
          'broken-message',
          7,
          '1 message from “reader” could not be deserialized in main. Nobody heard of that: there was no listener for "messageerror".',
        ],
      ],
    );
    assert.equal(notes, undefined, 'it is not said twice');
  });

  it('is only told of where somebody does', () => {
    assert.deepEqual(rules(broken(0)), []);
    assert.deepEqual(notesOf(broken(0)), [
      '1 message from “reader” could not be deserialized in main. There was a listener for "messageerror".',
    ]);
  });

  it('counts once when it is told again that the BroadcastChannel has no listener', () => {
    const story = ended().tell(0, 2 * SECOND, 'port', { port: NEWS, broadcast: 'news' });
    story.activity(0, 4 * SECOND, [
      ['receive', 2.1 * SECOND, NEWS, 0, 1],
      ['broken', 2.1 * SECOND, NEWS, 0, 1],
      ['broken', 2.1 * SECOND, NEWS, 1, 1],
    ]);
    assert.match(
      reportOf(story).findings[0]!.text,
      /^1 message on the BroadcastChannel “news” .* Nobody heard of that/,
    );
  });
});

describe('messages to a worker that has ended', () => {
  /** @param lines of which it is told, by the number of the message */
  const astray = (count: number, after: number, lines: number[], before: number[] = []): Story => {
    const story = ended((begun) =>
      before.reduce((told, line) => told.tell(0, 2 * SECOND, 'post-site', { port: PORT, at: site(line) }), begun),
    );
    const t = 3 * SECOND + after;
    for (const line of lines) story.tell(0, t, 'post-site', { port: PORT, at: site(line), astray: true });
    return story.activity(
      0,
      t + SECOND,
      Array.from({ length: count }, (_, i) => ['astray', t, PORT, 0, i + 1] as const).map((one) => [...one]),
    );
  };

  it('are lost where they go on coming from one line', () => {
    assert.deepEqual(rules(astray(2, 100, [7])), ['posted-to-ended']);
    assert.deepEqual(rules(astray(2, 100, [7, 8])), []);
    assert.deepEqual(rules(astray(3, 100, [7, 8])), [], 'from where the third came is not known');
    assert.deepEqual(rules(astray(4, 100, [7, 8])), ['posted-to-ended'], 'the fourth came from where another had');
  });

  it('are lost where they come from a line that had posted to it, but for one right after its end', () => {
    assert.deepEqual(rules(astray(2, 100, [7, 8], [8])), ['posted-to-ended']);
    assert.deepEqual(rules(astray(1, 100, [7], [7])), []);
    assert.deepEqual(rules(astray(1, 2 * SECOND, [7], [7])), ['posted-to-ended']);
    assert.deepEqual(rules(astray(1, 2 * SECOND, [7], [8])), []);
  });

  it('are told of in any case, with the first line', () => {
    assert.deepEqual(notesOf(astray(1, 100, [7])), [
      '1 message that main posted to “reader” went nowhere: it had ended before (posted at main.js:7).',
    ]);
  });
});

describe('a broadcast', () => {
  const news = (others: (story: Story) => Story): Story =>
    others(ended().tell(0, 2 * SECOND, 'port', { port: NEWS, broadcast: 'news' })).activity(0, 4 * SECOND, [
      ['born', 1.5 * SECOND, NEWS],
      ['post', 2 * SECOND, NEWS, 0, 1],
    ]);
  const nobody =
    '1 message that main posted on the BroadcastChannel “news” reached nobody: no other channel of that name was open in the process.';
  const silent = (story: Story): Story => story.activity(WORKER, 4 * SECOND, []);

  it('that no other channel could hear reached nobody', () => {
    assert.deepEqual(notesOf(news(silent)), [nobody]);
    const closed = news((story) =>
      story.tell(WORKER, 1.8 * SECOND, 'port', { port: 1, broadcast: 'news' }).activity(WORKER, 2.9 * SECOND, [
        ['born', 1.6 * SECOND, 1],
        ['shut', 1.9 * SECOND, 1],
      ]),
    );
    assert.deepEqual(notesOf(closed), [nobody]);
  });

  it('is not said to reach nobody where another was open, or one is that nothing is known of', () => {
    const open = news((story) =>
      story
        .tell(WORKER, 1.8 * SECOND, 'port', { port: 1, broadcast: 'news' })
        .activity(WORKER, 2.9 * SECOND, [['born', 1.6 * SECOND, 1]]),
    );
    assert.deepEqual(notesOf(open), []);
    assert.deepEqual(notesOf(news((story) => story.activity(WORKER, 2.9 * SECOND, [['born', 1.6 * SECOND, 1]]))), []);
  });
});

describe('a worker that ended while it waited for what keeps nothing alive', () => {
  const waits = (...more: Parameters<Story['activity']>[2]): Story =>
    ended((story) =>
      story
        .tell(WORKER, 2 * SECOND, 'wait-site', { site: 1, at: site(7) })
        .activity(WORKER, 2.9 * SECOND, [['pending', 2 * SECOND, 1, 0, 1], ...more]),
    );

  it('is found with the line where it waited', () => {
    const [finding] = reportOf(waits()).findings;
    assert.deepEqual([finding?.rule, finding?.at?.line], ['unsettled-await', 7]);
    assert.match(
      finding!.text,
      /^“reader” ended by itself while it still waited for Atomics\.waitAsync\(\) \(main\.js:7\)/,
    );
  });

  it('is not found once that has settled', () => {
    assert.deepEqual(rules(waits(['settled', 2.5 * SECOND, 0, 0, 1])), []);
    assert.deepEqual(notesOf(waits(['settled', 2.5 * SECOND, 0, 0, 1])), []);
  });

  it('is only told of where it has posted something since, or was told something', () => {
    for (const kind of ['post', 'receive'] as const) {
      const story = waits([kind, 2.5 * SECOND, PARENT_PORT, 0, 1]);
      assert.deepEqual(rules(story), [], kind);
      assert.equal(notesOf(story).length, 1, kind);
    }
  });
});

describe('exit listeners of main', () => {
  const killed = (signal: string): Story =>
    new Story()
      .begin(1 * SECOND)
      .tell(0, 2 * SECOND, 'exit-listeners', { count: 2, at: site(7) })
      .end(3 * SECOND, 'exit-status', { signal });

  it('are told of where a signal skipped them, and are no finding', () => {
    const skipped = '2 exit listeners of main did not run (the first was added at main.js:7).';
    for (const signal of ['SIGTERM', 'SIGKILL', 'SIGSEGV']) assert.deepEqual(notesOf(killed(signal)), [skipped]);
    assert.deepEqual(rules(killed('SIGTERM')), []);
  });

  it('are not where main ended in order', () => {
    const story = new Story().begin(1 * SECOND).tell(0, 2 * SECOND, 'exit-listeners', { count: 2 });
    story.tell(0, 3 * SECOND, 'exiting', { cause: 'returned', code: 0 }).tell(0, 3.1 * SECOND, 'exited', { code: 0 });
    assert.deepEqual(notesOf(story.end(3.2 * SECOND, 'exit-status', { code: 0 })), []);
  });
});
