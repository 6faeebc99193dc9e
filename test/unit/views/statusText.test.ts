import assert from 'node:assert/strict';
import { FileId, PARENT_PORT } from '../../../src/protocol/activity';
import { emptyModel, fold } from '../../../src/model/facts/facts';
import { snapshotOf } from '../../../src/model/picture';
import { statusText, type StatusText } from '../../../src/views/statusText';
import { Story, site } from '../../support/events';

function status(story: Story, now: number, complete = false): StatusText | undefined {
  const model = emptyModel();
  for (const event of story.events) fold(model, event);
  return statusText(snapshotOf(model, { title: 'test', now, damaged: 0, complete, notices: [] }));
}

const HOSTILE = '$(error)\n\u202e'.padEnd(90, 'x');
const withWorker = (name: string): Story =>
  new Story()
    .begin(1_000_000)
    .tell(0, 1_100_000, 'thread-start', { id: 1, name, at: site(7) })
    .tell(1, 1_150_000, 'thread-begin', {});
const quiet = (name: string): Story => {
  const story = withWorker(name);
  const { p } = story;
  story.events.push({ k: 'resources', p, tid: 0, t: 1_300_000, counts: {} });
  story.events.push({ k: 'resources', p, tid: 1, t: 1_300_000, counts: { MessagePort: 1 }, ports: [PARENT_PORT] });
  return story;
};

describe('the status bar', () => {
  it('counts the threads that live', () => {
    assert.deepEqual(status(withWorker('layout'), 1_400_000)?.text, '$(pulse) 2 live');
  });

  it('does not count threads of tools', () => {
    const esbuild = site(9, '/app/node_modules/esbuild/lib/main.js');
    const told = withWorker('layout').tell(0, 1_200_000, 'thread-start', { id: 2, file: esbuild.file, at: esbuild });
    assert.equal(status(told, 1_400_000)!.text, '$(pulse) 2 live');
  });

  it('says why a process is still alive once main has been done for a second', () => {
    assert.match(status(quiet('layout'), 1_800_000)!.text, /2 live/);
    const { text, warns } = status(quiet('layout'), 2_400_000)!;
    assert.deepEqual([text, warns], ['$(watch) Alive because of worker “layout”', false]);
  });

  it('tells in its tooltip what keeps a process alive that has work of its own, with or without workers', () => {
    const alone = (): Story => new Story().begin(1_000_000);
    assert.equal(status(alone(), 1_400_000)!.tooltip, 'Show the timeline of the threads');
    const serves = alone().resources(0, 1_300_000, { TCPServerWrap: 1, Timeout: 4 });
    const { text, tooltip } = status(serves, 1_400_000)!;
    assert.equal(text, '$(pulse) 1 live');
    assert.equal(tooltip, 'Alive because of a server, 4 timers');
    const both = withWorker(HOSTILE).resources(0, 1_300_000, { TCPServerWrap: 1, Timeout: 4, FSEventWrap: 2 });
    assert.match(status(both, 1_400_000)!.tooltip, /^Alive because of worker “.*, .*, .* and 1 more$/);
    assert.doesNotMatch(status(both, 1_400_000)!.tooltip, /\$\(|[\n\u202e]/);
  });

  it('warns when nothing can wake it', () => {
    assert.equal(status(quiet('layout'), 20_000_000)!.warns, true);
  });

  it('says that main waits in a call, or does not turn its loop, once it has not for a second', () => {
    const waits = quiet('layout').activity(0, 1_400_000, [['block', 1_400_000, 1, 0]]);
    assert.match(status(waits, 2_000_000)!.text, /Alive because of|2 live/);
    assert.equal(status(waits, 2_500_000)!.text, '$(watch) Main waits in Atomics.wait');
    const computes = withWorker('layout').activity(1, 3_000_000, [['unturned', 3_000_000, 0, 1500, 0]]);
    assert.equal(status(computes, 3_100_000)!.text, '$(watch) Main’s event loop does not turn');
  });

  it('says the verdict when all is over, with all of it in the tooltip, and calms down', () => {
    const killed = status(quiet('layout').end(20_000_000, 'exit-status', { signal: 'SIGTERM' }), 20_000_000, true)!;
    assert.deepEqual([killed.text, killed.warns], ['$(warning) Nothing is known to be lost', false]);
    assert.match(killed.tooltip, /^Nothing is known to be lost\. The process was killed by SIGTERM\. Also found: /);
    const stopped = quiet('layout');
    stopped.events.push({ k: 'stop-request', p: stopped.p, t: 19_000_000 });
    assert.match(
      status(stopped.end(20_000_000, 'exit-status', { signal: 'SIGKILL' }), 20_000_000, true)!.text,
      /^\$\(warning\) Stopped by the debugger\. Also found: [^.]+$/,
    );
    const ended = (code: number): Story =>
      new Story()
        .begin(1_000_000)
        .tell(0, 2_000_000, 'exiting', { cause: 'returned', code })
        .tell(0, 2_000_100, 'exited', { code })
        .end(2_000_200, 'exit-status', { code });
    assert.equal(status(ended(0), 3_000_000, true)!.text, '$(pass) Nothing was lost');
    assert.match(status(ended(13), 3_000_000, true)!.text, /^\$\(error\) Lost: what main was to do after/);
    assert.match(status(withWorker('layout'), 3_000_000, true)!.text, /^\$\(question\) How it came out is not known/);
    assert.equal(status(new Story(), 3_000_000, true), undefined);
  });

  it('says in few words that a loss is uncertain, where files and threads have long names', () => {
    const wroteTo = (file: string): StatusText => {
      const wrote = withWorker('logger').activity(1, 2_900_000, [
        ...Story.opened(2_300_000, FileId.firstOther, 20, `/app/${file}`),
        ['write', 2_800_000, FileId.firstOther, 64_000, 1],
        ['written', 2_850_000, FileId.firstOther, 0, 1],
      ]);
      const ends = wrote
        .tell(0, 3_000_000, 'exiting', { cause: 'returned', code: 0 })
        .tell(0, 3_010_000, 'exited', { code: 0 })
        .end(3_020_000, 'exit-status', { code: 0 });
      return status(ends, 4_000_000, true)!;
    };
    assert.equal(wroteTo('a.log').text, '$(warning) Whether “logger” had more to write to a.log is unknown');
    const { text, tooltip } = wroteTo('thread-lifelines-demo.log');
    assert.equal(text, '$(warning) Whether all was written is unknown');
    assert.match(tooltip, /^Whether “logger” had more to write to thread-lifelines-demo\.log is unknown\. /);
  });

  it('says that a process is still there whose main has ended', () => {
    const stays = withWorker('layout')
      .tell(0, 2_000_000, 'exiting', { cause: 'returned', code: 0 })
      .tell(0, 2_000_100, 'exited', { code: 0 });
    const { text, warns } = status(stays, 4_000_000)!;
    assert.deepEqual([text, warns], ['$(watch) Main has ended, and the process is still there', true]);
  });

  it('shows a name as text, and not too much of it', () => {
    const { text } = status(quiet(HOSTILE), 2_400_000)!;
    assert.doesNotMatch(text.slice('$(watch)'.length), /\$\(|[\n\u202e]/);
    assert.ok(text.length < 80);
  });
});
