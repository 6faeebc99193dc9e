import assert from 'node:assert/strict';
import { Blocking, FileId, PARENT_PORT, portOfWorker } from '../../../src/protocol/activity';
import { emptyModel, fold } from '../../../src/model/facts/facts';
import { snapshotOf } from '../../../src/model/picture';
import { exitReport, type ExitReport } from '../../../src/model/report/report';
import { linkedFrom, reportMarkdown } from '../../../src/model/report/markdown';
import { consoleSummary, quietSummary } from '../../../src/model/report/summary';
import { reportText } from '../../../src/model/report/text';
import { Story, site, type ActivityRecord } from '../../support/events';

function reportOf(story: Story): ExitReport {
  const model = emptyModel();
  for (const event of story.events) fold(model, event);
  return exitReport(snapshotOf(model, { title: 'test', now: 0, damaged: 0, complete: true, notices: [] }));
}

const HOSTILE = '<img src=x onerror=alert(1)>\u001b[31m\n| **bold** \u202e';

const withDaemon = (name: string): Story =>
  new Story()
    .begin(1_000_000)
    .tell(0, 1_100_000, 'thread-start', { id: 1, name, at: site(7) })
    .tell(0, 1_110_000, 'thread-unref', { id: 1, at: site(8) })
    .tell(1, 1_150_000, 'thread-begin', {})
    .tell(0, 3_000_000, 'exiting', { cause: 'returned', code: 0 })
    .tell(0, 3_000_100, 'exited', { code: 0 });

describe('the exit report', () => {
  it('names the daemon that was cut off, why, and where it was started', () => {
    const text = reportText(reportOf(withDaemon('logger')));
    assert.match(text, /main ended after 2\.00 s: nothing kept it alive any more \(exit code 0\)/);
    assert.match(text, /logger +daemon +killed at 2\.00 s: killed with main/);
    assert.match(text, /Cut off, whatever it was doing:\n +logger: killed with main/);
    assert.match(text, /started at \/app\/main\.js:7:3/);
  });

  it('begins with the verdict, then says who and why, and ends with the evidence', () => {
    const lost = withDaemon('logger').activity(0, 2_900_000, [['post', 2_000_000, portOfWorker(1), 0, 2]]);
    lost.activity(1, 2_950_000, [['receive', 2_100_000, PARENT_PORT, 0, 1]]);
    const report = reportOf(lost);
    const text = reportText(report);
    assert.match(text, /^Thread Lifelines: Lost: 1 message to “logger”\.\n\n/);
    const order = ['main ended after', 'Cut off, whatever', 'error: Messages nobody read', 'KILLED at'];
    const places = order.map((words) => text.indexOf(words));
    assert.ok(places[0]! > 0 && places.every((place, i) => i === 0 || place > places[i - 1]!), text);
    assert.match(reportMarkdown(report), /^# Lost: 1 message to “logger”\.\n\n/);
    assert.match(consoleSummary(report)!, /^Thread Lifelines: Lost: 1 message to “logger”\. 1 finding: Messages/);
    assert.deepEqual(report.outcome, {
      severity: 'error',
      headline: 'Lost: 1 message to “logger”.',
      text: 'Lost: 1 message to “logger”.',
    });
  });

  it('has one line for threads that fared alike', () => {
    const story = new Story().begin(1_000_000);
    for (const id of [1, 2, 3, 4, 5])
      story
        .tell(0, 1_100_000 + id, 'thread-start', { id, name: id === 3 ? 'other' : 'resize.js', at: site(7) })
        .tell(id, 1_150_000 + id, 'thread-begin', {})
        .tell(0, 2_000_000, 'terminate-call', { id, at: site(27) })
        .tell(0, 2_000_000 + id * 20_000, 'thread-exit', { id, code: 1 });
    story.tell(0, 3_000_000, 'exiting', { cause: 'returned', code: 0 }).tell(0, 3_000_100, 'exited', { code: 0 });
    const text = reportText(reportOf(story));
    assert.match(
      text,
      /4 × resize\.js +keeps alive +terminated at 1\.02 s to 1\.10 s: terminate\(\) was called at main\.js:27\n/,
    );
    assert.match(text, /\n +other +keeps alive +terminated at 1\.06 s: /);
    assert.equal(text.match(/terminate\(\) was called at/g)?.length, 2);
    assert.match(reportMarkdown(reportOf(story)), /4 × resize/);
  });

  it('leads to each of its lines where the document is shown on the machine of the program', () => {
    const story = withDaemon('logger');
    const linked = reportMarkdown(reportOf(story), linkedFrom('/tmp/report'));
    assert.ok(linked.includes('[main.js:7:3](../../app/main.js#L7,3)'), linked);
    assert.ok(reportMarkdown(reportOf(story)).includes('/app/main.js:7:3'));
    const odd = linkedFrom('c:\\Temp')({ file: 'C:\\a b\\x](command:run).js', line: 1, column: 2 });
    assert.ok(odd.endsWith('](../a%20b/x%5D%28command%3Arun%29.js#L1,2)'), odd);
    const near = linkedFrom('/app/x')({ file: 'file:///app/x/y.mjs', line: 1, column: 2 });
    assert.equal(near, '[y.mjs:1:2](y.mjs#L1,2)');
  });

  it('leads nowhere from a place that is on another drive, or in no file', () => {
    for (const file of ['D:\\x.js', '[worker eval]', 'node:events', ''])
      assert.doesNotMatch(linkedFrom('C:\\Temp')({ file, line: 1, column: 2 }), /\]\(/, file);
    assert.doesNotMatch(linkedFrom('/tmp')({ file: '[worker eval]', line: 1, column: 2 }), /\]\(/);
  });

  it('tells the package’s line after the program’s own, and alone where there is no other', () => {
    const piscina = { ...site(57, '/app/node_modules/piscina/index.js'), function: HOSTILE };
    const started = (from?: ReturnType<typeof site>): string => {
      const story = withDaemon('pooled');
      const start = story.events.find(({ k }) => k === 'thread-start')!;
      Object.assign(start, { at: piscina, ...(from ? { from } : {}) });
      return reportText(reportOf(story));
    };
    const by = 'started by piscina at /app/node_modules/piscina/index.js:57:3';
    assert.match(started(site(7)), new RegExp(`started at /app/main\\.js:7:3\\n +${by.replaceAll('.', '\\.')}`));
    assert.match(started(), new RegExp(`killed with main.*\\n +${by.replaceAll('.', '\\.')}`));
  });

  it('counts no thread of a tool, neither among its threads nor as cut off', () => {
    const esbuild = site(9, '/app/node_modules/esbuild/lib/main.js');
    const told = (kind: object): ExitReport => {
      const story = withDaemon('x');
      const start = story.events.find(({ k }) => k === 'thread-start')!;
      delete (start as { name?: string }).name;
      Object.assign(start, kind);
      return reportOf(story);
    };
    const tool = told({ at: esbuild, file: esbuild.file });
    assert.deepEqual(tool.processes[0]!.cutOff, []);
    assert.match(quietSummary(tool)!, /\(1 thread, /);
    assert.match(quietSummary(told({ file: '/app/a.js' }))!, /1 thread was killed with main.*\(2 threads, /);
  });

  it('says that threads alone kept the process alive only of the time in which main had nothing of its own', () => {
    const held = (tell: (story: Story) => Story): string =>
      reportText(
        reportOf(tell(new Story().begin(1_000_000).tell(0, 1_100_000, 'thread-start', { id: 1, name: 'task' }))),
      );
    const ends = (story: Story): Story =>
      story
        .tell(0, 3_000_000, 'exiting', { cause: 'returned', code: 0 })
        .tell(0, 3_000_100, 'exited', { code: 0 })
        .end(3_000_200, 'exit-status', { code: 0 });
    const quietFrom = held((story) => ends(story.resources(0, 1_200_000, { Timeout: 1 }).resources(0, 2_500_000, {})));
    assert.match(quietFrom, /For the last 0\.500 s, only “task” kept it alive\./);
    const busy = held((story) => ends(story.resources(0, 1_200_000, { Timeout: 1 })));
    assert.match(busy, /For the last 1\.90 s, “task” kept it alive, next to main’s own work\./);
  });

  it('does not say that a thread kept the process alive to its end when it was made a daemon right before', () => {
    const held = (story: Story): string => reportText(reportOf(story));
    const story = (): Story =>
      new Story()
        .begin(1_000_000)
        .tell(0, 1_100_000, 'thread-start', { id: 1, name: 'task' })
        .tell(1, 1_200_000, 'thread-begin', {});
    const ends = (one: Story): Story =>
      one
        .tell(0, 3_000_000, 'exiting', { cause: 'returned', code: 0 })
        .tell(0, 3_000_100, 'exited', { code: 0 })
        .end(3_000_200, 'exit-status', { code: 0 });
    assert.doesNotMatch(held(ends(story().tell(0, 2_900_000, 'thread-unref', { id: 1 }))), /“task” kept it alive/);
    const returned = story()
      .tell(1, 2_900_000, 'exiting', { cause: 'returned', code: 0 })
      .tell(1, 2_900_100, 'exited', { code: 0 });
    assert.match(held(ends(returned)), /“task” kept it alive/);
  });

  it('counts how long main has waited from what it did last', () => {
    const story = new Story()
      .begin(1_000_000)
      .tell(0, 1_100_000, 'thread-start', { id: 1, name: 'task' })
      .tell(1, 1_200_000, 'thread-begin', {})
      .resources(0, 1_300_000, { MessagePort: 1 }, [portOfWorker(1)])
      .activity(0, 3_000_000, [['receive', 2_900_000, portOfWorker(1), 0, 1]])
      .end(5_000_000, 'exit-status', { signal: 'SIGINT' });
    assert.match(reportText(reportOf(story)), /Main had had nothing to do for 2\.10 s\./);
  });

  it('says where main stood still, but for a moment that is no one’s concern', () => {
    const killed = (records: ActivityRecord[], by = 0): string =>
      reportText(
        reportOf(
          new Story()
            .begin(1_000_000)
            .tell(0, 1_100_000, 'thread-start', { id: 1, name: 'task' })
            .tell(1, 1_200_000, 'thread-begin', {})
            .tell(0, 1_250_000, 'wait-site', { site: 1, at: site(9) })
            .resources(0, 1_300_000, { Timeout: 1 })
            .activity(by, 4_900_000, records)
            .end(5_000_000, 'exit-status', { signal: 'SIGINT' }),
        ),
      );
    const wait = (t: number): ActivityRecord[] => [['block', t, Blocking['atomics-wait'] | (1 << 8)]];
    assert.match(killed(wait(2_000_000)), /Main had been waiting in Atomics\.wait \(main\.js:9\) for 3\.00 s\./);
    assert.match(killed(wait(4_800_000)), /It was still alive because of .*a timer/);
    assert.match(killed([['unturned', 4_900_000, 0, 1900]], 1), /Main’s event loop had not turned for 2\.00 s\./);
  });

  it('claims nothing that did not happen of a process that could not write all of its records', () => {
    const story = new Story().begin(1_000_000);
    story.events.push({ k: 'unwritten', p: story.p, t: 1_100_000 });
    story.events.push({ k: 'process-end', p: story.p, t: 2_000_000, how: 'exit-status', code: 0 });
    for (const text of [reportText(reportOf(story)), reportMarkdown(reportOf(story))]) {
      assert.match(text, /At times its records could not be written or read/);
      assert.match(text, /Whether it started worker threads is not known\./);
      assert.doesNotMatch(text, /No thread was cut off|It started no worker/);
    }
    assert.equal(quietSummary(reportOf(story)), undefined);
  });

  it('does not know of threads where a record is missing', () => {
    const ended = (missing: boolean): string => {
      const story = new Story().begin(1_000_000).tell(0, 1_100_000, 'thread-start', { id: 1, name: 'task' });
      story.tell(0, 2_000_000, 'exiting', { cause: 'returned', code: 0 }).tell(0, 2_000_100, 'exited', { code: 0 });
      story.events.splice(1, 1);
      if (!missing) for (const event of story.events) if ('q' in event && event.q > 0) event.q--;
      return reportText(reportOf(story.end(2_000_200, 'exit-status', { code: 0 })));
    };
    assert.match(ended(false), /No thread was cut off\.[^]*It started no worker threads\./);
    assert.match(ended(true), /Whether it started worker threads is not known\./);
    assert.match(ended(true), /1 record is missing/);
    assert.doesNotMatch(ended(true), /No thread was cut off/);
  });

  it('does not say in one line that nothing was lost where it lists what was', () => {
    const posted = withDaemon('logger').activity(0, 3_000_000, [['post', 3_000_050, portOfWorker(1), 0, 1]]);
    assert.match(quietSummary(reportOf(withDaemon('logger')))!, /Nothing is known to be lost\. 1 thread was killed/);
    assert.equal(quietSummary(reportOf(posted)), undefined);
    assert.match(reportText(reportOf(posted)), /^Thread Lifelines: Lost: 1 message to “logger”\.\n/);
  });

  it('says what a thread that was cut off left undone', () => {
    const story = withDaemon('logger')
      .activity(0, 2_900_000, [['post', 2_000_000, portOfWorker(1), 0, 2]])
      .activity(1, 3_000_000, [
        ['receive', 2_100_000, PARENT_PORT, 0, 1],
        ['post', 2_200_000, PARENT_PORT, 0, 3],
        ...Story.opened(2_300_000, FileId.firstOther, 20, `/app/${HOSTILE}`),
        ['write', 2_300_001, FileId.firstOther, 4096, 1],
        ['block', 2_400_000, Blocking['atomics-wait']],
      ]);
    const report = reportOf(story);
    const undone = report.processes[0]?.cutOff[0]?.unfinished;
    assert.deepEqual(
      undone?.map(({ text }) => text),
      [
        `writing 4.1 kB to /app/${HOSTILE}`,
        '3 messages that it posted to its owner were not delivered',
        '1 message from its owner was not delivered',
        'it was waiting in Atomics.wait',
      ],
    );
    assert.match(reportText(report), /started at .*\n +writing 4\.1 kB to/);
    for (const text of [reportText(report), reportMarkdown(report)]) {
      assert.match(text, /3 messages that it posted to its owner were not delivered/);
      assert.doesNotMatch(text, /\u001b|\u202e/);
    }
    assert.doesNotMatch(reportMarkdown(report), /[^\\]<img/);
  });

  it('explains each finding to those who do not know of daemons, with the line and what to change', () => {
    const story = withDaemon(HOSTILE).activity(1, 3_000_000, [
      ...Story.opened(2_300_000, FileId.firstOther, 20, '/app/out.log'),
      ['write', 2_300_001, FileId.firstOther, 4096, 1],
    ]);
    const report = reportOf(story);
    const text = reportText(report);
    assert.match(text, /1 error:\n\n {2}error: Cut off while writing \[cut-off-while-writing\]\n/);
    assert.match(
      text.replace(/\s+/g, ' '),
      /It was writing 4\.1 kB to out\.log\. What the system had begun to write reached/,
    );
    assert.match(text, /\n {4}at \/app\/main\.js:8:3\n {4}it was started here: \/app\/main\.js:7:3\n/);
    assert.match(text, /\n {4}Why: When main ends, every other thread is killed/);
    assert.match(text, /\n {4}What to change: Before main ends/);
    assert.match(consoleSummary(report)!, /1 finding: Cut off while writing: “.*” \(main\.js:8\)\.$/);
    for (const rendering of [text, reportMarkdown(report), consoleSummary(report)!])
      assert.doesNotMatch(rendering, /\u001b|\u202e/);
    assert.doesNotMatch(reportMarkdown(report), /[^\\]<img/);
  });

  it('says how much activity was dropped', () => {
    const story = withDaemon('busy').activity(1, 2_000_000, [['post', 1_900_000, PARENT_PORT, 0, 91]], 90);
    assert.match(reportText(reportOf(story)), /90 activity records were dropped to stay within the limit/);
  });

  it('says that nothing was cut off when every thread ended by itself', () => {
    const story = new Story()
      .begin(1_000_000)
      .tell(0, 1_100_000, 'thread-start', { id: 1, name: 'tidy', at: site(7) })
      .tell(1, 1_200_000, 'exiting', { cause: 'returned', code: 0 })
      .tell(0, 1_300_000, 'thread-exit', { id: 1, code: 0 })
      .tell(0, 3_000_000, 'exiting', { cause: 'returned', code: 0 })
      .tell(0, 3_000_100, 'exited', { code: 0 });
    assert.match(reportText(reportOf(story)), /No thread was cut off/);
    assert.equal(consoleSummary(reportOf(story)), undefined);
  });

  it('does not count the runtime’s own loader thread, or a worker that the program terminated, as cut off', () => {
    const story = new Story()
      .begin(1_000_000)
      .tell(0, 1_100_000, 'thread-start', { id: 1, internal: true })
      .tell(0, 1_200_000, 'thread-start', { id: 2, name: 'pooled' })
      .tell(0, 1_300_000, 'terminate-call', { id: 2 })
      .tell(0, 1_400_000, 'thread-exit', { id: 2, code: 1 })
      .tell(0, 3_000_000, 'exiting', { cause: 'returned', code: 0 })
      .tell(0, 3_000_100, 'exited', { code: 0 });
    assert.deepEqual(reportOf(story).processes[0]?.cutOff, []);
  });

  it('lists each thread below its owner', () => {
    const story = withDaemon('build').tell(1, 1_160_000, 'thread-start', { id: 2, name: 'minify' });
    const threads = reportOf(story).processes[0]!.threads.map(({ label, depth }) => [label, depth]);
    assert.deepEqual(threads, [
      ['main', 0],
      ['build', 1],
      ['minify', 2],
    ]);
  });

  it('lets no thread’s name control the terminal or break its line', () => {
    const text = reportText(reportOf(withDaemon(HOSTILE)));
    assert.doesNotMatch(text, /[\u001b\u202e]/);
    assert.match(text, /\\u\{1b\}\[31m/);
  });

  it('lets no thread’s name become markup in Markdown', () => {
    const markdown = reportMarkdown(reportOf(withDaemon(HOSTILE)));
    assert.doesNotMatch(markdown, /(?<!\\)<img/);
    assert.doesNotMatch(markdown, /(?<!\\)\*\*bold/);
    assert.match(markdown, /\\<img src=x onerror=alert\\\(1\\\)\\>/);
  });

  it('says that nothing was seen when nothing was', () => {
    const empty = exitReport(snapshotOf(emptyModel(), { title: 'x', now: 0, damaged: 2, complete: true, notices: [] }));
    assert.match(reportText(empty), /Nothing was recorded/);
    assert.match(reportText(empty), /2 lines of the recording could not be read/);
  });
});
