// A program that does all kinds of things to threads, and says each as soon as it knows it, is killed at a chance moment:
// what it said must have been recorded, and no ending may contradict it.
import * as fs from 'node:fs';
import * as path from 'node:path';
import type { Installed } from './onEach';
import { pictureOf, runObserved, type Observed } from './runProgram';

/** What a run shows; the lists are of sentences, and empty when all is well. */
export interface Kill {
  /** How many things the program had said. */
  said: number;
  notRecorded: string[];
  wrong: string[];
  /** Lines, but for those that the kernel cut as it killed. */
  damaged: number;
}

const PROGRAM = `
const { Worker, isMainThread, parentPort, threadId, workerData } = require('node:worker_threads');
const { writeSync } = require('node:fs');
const say = (what, id) => writeSync(1, what + ' ' + id + '\\n');
let started = 0;
function startOne() {
  const number = started++;
  const worker = new Worker(__filename, { workerData: number });
  const id = worker.threadId;
  say('start', id);
  worker.on('exit', () => say('exit', id));
  worker.on('error', () => say('error', id));
  if (number % 3 === 0) { worker.unref(); say('unref', id); }
  if (number % 6 === 0) { worker.ref(); say('ref', id); }
  if (number % 4 === 1) worker.once('message', () => { worker.terminate(); say('terminate', id); });
}
if (isMainThread) setInterval(() => { if (started < 400) startOne(); }, 3);
else {
  say('begin', threadId);
  parentPort.postMessage('here');
  if (workerData % 5 === 0) setTimeout(() => { throw new Error('on purpose'); }, 3);
  else if (workerData % 5 === 1) setTimeout(() => process.exit(3), 4);
  else if (workerData % 2 === 1) setTimeout(() => {}, 8);
}
`;

const KINDS: Record<string, string> = {
  start: 'thread-start',
  begin: 'thread-begin',
  exit: 'thread-exit',
  error: 'thread-error',
  ref: 'thread-ref',
  unref: 'thread-unref',
  terminate: 'terminate-call',
};
const MOST_LINES = 80;
const LONGEST_WAIT_MS = 20;
/** Endings of threads that did not end before their process did. */
const WITH_PROCESS = new Set<unknown>(['signal', 'main-exit', 'lost-contact']);

export function killable(folder: string): string {
  const file = path.join(folder, 'killable.js');
  fs.writeFileSync(file, PROGRAM);
  return file;
}

/** @param random gives a number of [0, 1): it chooses after how much, and how much later, the program is killed */
export async function killedAnywhere(installed: Installed, file: string, random: () => number): Promise<Kill> {
  const [lines, ms] = [random() * MOST_LINES, random() * LONGEST_WAIT_MS];
  let seen = 0;
  const observed = await runObserved(installed, file, {
    onOutput: (text, kill) => {
      const before = seen;
      seen += text.split('\n').length - 1;
      if (before <= lines && seen > lines) setTimeout(() => kill('SIGKILL'), ms);
    },
  });
  return compared(observed);
}

function compared(observed: Observed): Kill {
  const told = new Set(observed.events.map((event) => wordsOf(event)));
  const said = observed.stdout
    .split('\n')
    .filter((line) => /^[a-z]+ \d+$/.test(line)) // the last one may be half a line
    .map((line) => line.split(' ') as [string, string]);
  const ended = new Set(said.filter(([what]) => what === 'exit').map(([, id]) => Number(id)));
  const { processes, threads } = pictureOf(observed);
  const contradicted = threads.filter(({ id, ended: end }) => ended.has(id) && WITH_PROCESS.has(end?.by));
  return {
    said: said.length,
    notRecorded: said.filter(([what, id]) => !told.has(`${KINDS[what]} ${id}`)).map((words) => words.join(' ')),
    wrong: [
      ...(observed.signal === 'SIGKILL' ? [] : [`it ended with ${observed.code ?? observed.signal}`]),
      ...(processes[0]?.exit?.by === 'signal' ? [] : [`main's end is told as ${processes[0]?.exit?.by}`]),
      ...contradicted.map(({ id, ended: end }) => `thread ${id} had ended, and is told as ${end!.by}`),
    ],
    damaged: Math.max(0, observed.damaged - observed.cutAtPage), // a whole record may lack no more than its newline
  };
}

const wordsOf = (event: Observed['events'][number]): string =>
  event.k === 'thread-begin' ? `${event.k} ${event.tid}` : `${event.k} ${'id' in event ? event.id : ''}`;
