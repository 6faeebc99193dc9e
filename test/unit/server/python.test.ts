// What the server finds and shows in Python: in the programs of which a run finds the same, and at the starts of threads.
import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { incomingOf, itemsAt, outgoingOf } from '../../../src/server/features/calls';
import { hintsIn, hoverAt, lensesIn } from '../../../src/server/features/starts';
import { Project } from '../../../src/server/project';

const PROGRAMS = 'test/programs/python/findings';
const DEMO = 'test/programs/python/demo/main.py';

/** What a run reports of these shows in the run alone: it depends on times, on data, or on what comes from outside. */
const NOT_IN_SOURCE: Partial<Record<string, string[]>> = {
  'coroutineCutOff.py': ['cut-off-while-writing'],
  'crash.py': ['crash'],
  'exitHandlerWaits.py': ['queue-never-done'],
  'fullQueue.py': ['held-by-thread', 'thread-failed'],
  'interruptedAfterHandlers.py': ['held-by-thread'],
  'join-interrupted.py': ['join-interrupted'],
  'lockKept.py': ['deadlock', 'thread-failed'],
  'locksByIndex.py': ['deadlock'],
  'poolWaitsForItself.near.py': ['abrupt-exit'],
  'poolWaitsForItself.py': ['abrupt-exit'],
  'semaphoreLeak.py': ['deadlock'],
  'serverClose.py': ['held-by-thread'],
  'signal-not-handled.py': ['signal-not-handled'],
  'startedInVain.py': ['thread-churn'],
  'submitTooLate.py': ['started-too-late'],
  'thread-failed.py': ['thread-failed'],
};

const ruleIds = (rules: Iterable<string>): string[] => [...new Set(rules)].sort();

function foundIn(file: string): string[] {
  const project = new Project();
  project.setText(path.resolve(file), fs.readFileSync(file, 'utf8'));
  return ruleIds(project.diagnose(path.resolve(file))?.findings.map(({ rule }) => rule) ?? []);
}

/** By its first comment. */
function reportedIn(file: string): string[] {
  const heads = fs.readFileSync(file, 'utf8').matchAll(/^# Findings[^:\n]*: ([a-z-]+)/gm);
  return ruleIds([...heads].flatMap(([, rule]) => (rule === 'none' ? [] : rule!)));
}

function projectOf(files: Record<string, string>): Project {
  const project = new Project();
  for (const [name, text] of Object.entries(files)) project.setText(`/nowhere/${name}`, text);
  return project;
}

describe('the programs in Python that have a mistake', () => {
  for (const name of fs.readdirSync(PROGRAMS).filter((one) => one.endsWith('.py')))
    it(`${name}: the source shows what a run reports`, () => {
      const file = path.join(PROGRAMS, name);
      const hidden = NOT_IN_SOURCE[name] ?? [];
      assert.deepEqual(
        foundIn(file),
        reportedIn(file).filter((rule) => !hidden.includes(rule)),
      );
    });

  it('are few of which only a run shows it, and the demo shows all of its mistakes', () => {
    assert.deepEqual(
      Object.keys(NOT_IN_SOURCE).filter((name) => !fs.existsSync(path.join(PROGRAMS, name))),
      [],
    );
    assert.deepEqual(foundIn(DEMO), [
      'cut-off-while-writing',
      'future-never-read',
      'inherited-daemon',
      'thread-failed',
    ]);
  });
});

describe('the starts of threads in Python', () => {
  const MAIN = `import threading
from jobs import work, Saver

def poll():
    threading.Thread(target=work).start()

threading.Thread(target=poll, daemon=True).start()
threading.Thread(target=work, args=(1,)).start()
threading.Timer(5, poll)
Saver()
`;
  const JOBS = `import threading

def work(n=0):
    print(n)

class Saver(threading.Thread):
    def __init__(self):
        super().__init__()
        self.daemon = True

    def run(self):
        print("saved")
`;
  const project = projectOf({ 'main.py': MAIN, 'jobs.py': JOBS });
  const all = { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } };

  it('say whether each is a daemon, and whether that is inherited', () => {
    const hints = hintsIn(project, '/nowhere/main.py', all, () => false);
    assert.deepEqual(
      hints.map(({ position, label }) => `${position.line + 1} ${label as string}`),
      ['7 daemon', '8 keeps alive', '9 keeps alive', '10 daemon'],
    );
    const inherited = projectOf({
      'a.py': MAIN.replace('threading.Timer(5, poll)\n', ''),
    });
    const [first] = hintsIn(inherited, '/nowhere/a.py', all, () => false);
    assert.equal(first!.label, 'daemon, inherited');
  });

  it('explain in one sentence what happens at exit', () => {
    const said = (line: number, character: number): unknown =>
      (hoverAt(project, '/nowhere/main.py', { line, character })?.contents as { value: string } | undefined)?.value;
    assert.equal(
      said(6, 12),
      'Runs `poll()`.\n\nThis thread is a daemon: it is killed when the process ends, and no “finally” block of its runs.',
    );
    assert.equal(said(7, 12), 'Runs `work()`.\n\nThis thread is no daemon, so the process waits for it to end.');
    assert.match(String(said(8, 12)), /Timer is a thread that keeps the process alive/);
    assert.equal(said(0, 3), undefined);
  });

  it('show what each runs, and above each function who starts it, also in another module', () => {
    const lenses = (file: string): string[] =>
      lensesIn(project, file, String).map(({ range, command }) => `${range.start.line + 1} ${command!.title}`);
    assert.deepEqual(lenses('/nowhere/main.py'), [
      '4 Started as a thread from 2 places',
      '5 Runs work()',
      '7 Runs poll()',
      '8 Runs work()',
      '9 Runs poll()',
      '10 Runs Saver.run()',
    ]);
    assert.deepEqual(lenses('/nowhere/jobs.py'), [
      '3 Started as a thread from 2 places',
      '11 Started as a thread by main.py:10',
    ]);
    assert.deepEqual(project.startersOf('/nowhere/jobs.py'), ['/nowhere/main.py']);
    assert.deepEqual(project.scripts, [], 'functions are no scripts');
  });

  it('are a call hierarchy of functions and files', () => {
    const at = (line: number): Parameters<typeof itemsAt>[2] => ({ line, character: 4 });
    const [work] = itemsAt(project, '/nowhere/main.py', at(7), String);
    assert.deepEqual([work!.name, work!.uri, work!.range.start.line], ['work()', '/nowhere/jobs.py', 2]);
    const callers = incomingOf(project, '/nowhere/jobs.py', String, work!.selectionRange);
    assert.deepEqual(
      callers.map(({ from, fromRanges }) => [from.name, fromRanges.map(({ start }) => start.line + 1)]),
      [['main.py', [5, 8]]],
    );
    const called = outgoingOf(project, '/nowhere/main.py', String);
    assert.deepEqual(
      called.map(({ to }) => to.name),
      ['work()', 'poll()', 'work()', 'poll()', 'Saver.run()'],
    );
  });

  it('explain executors, listeners, servers and the like', () => {
    const text = `import asyncio, _thread
from concurrent.futures import ThreadPoolExecutor
from http.server import ThreadingHTTPServer
from multiprocessing.pool import ThreadPool
import logging.handlers, socketserver

class Server(socketserver.ThreadingMixIn, socketserver.TCPServer):
    pass

ThreadPoolExecutor()
ThreadingHTTPServer()
ThreadPool()
logging.handlers.QueueListener()
Server()
asyncio.to_thread(print)
_thread.start_new_thread(print, ())
`;
    const one = projectOf({ 'a.py': text });
    const texts = text.split('\n').flatMap((_, line) => {
      const hover = hoverAt(one, '/nowhere/a.py', { line, character: 0 });
      return hover ? [(hover.contents as { value: string }).value.split(/[.:]/)[0]] : [];
    });
    assert.deepEqual(texts, [
      'The threads of an executor are waited for when the process ends',
      'A daemon handles each request',
      'The threads of this pool are daemons',
      'Its thread is a daemon',
      'A thread handles each request',
      'A thread of the event loop’s executor does this',
      'A thread of _thread never keeps the process alive',
    ]);
  });
});
