// The facts of a thread's life and of a pool, each made in one place for all that show it. Pure.
import { counted, decimal, t } from '../../../src/common/l10n';
import { shown } from '../../../src/common/untrusted';
import { flipCount } from '../../../src/model/conclusions/cutOff';
import { fateOf } from '../../../src/model/conclusions/phrases/fates';
import type { Flip, Note, RuntimePicture, Unfinished } from '../../../src/protocol/picture';
import type { Lane } from '../data/run';
import type { Moments } from '../time/scales';
import { duration, momentOf } from '../words/text';
import { DEBUGGER_ACTIONS, LISTENER_FLIPS } from '../words/vocabulary';
import { fact, type Fact, siteParts, threadLink, withShort, withSite, withSiteOnce } from './facts';
import { tasksLabel } from './sums/taskWords';
import {
  byWhom,
  poolFares,
  holdText,
  poolText,
  runText,
  type PoolThreads,
  sentence,
  stateText,
  wallClock,
  withoutProbe,
} from './phrases';

const LONGEST_TEXT = 2000;
const LONGEST_PATH = 400;

export const startedBy = ({ owner }: Lane): Fact[] =>
  owner ? [fact('started-by', t('Started by'), threadLink(owner))] : [];

export const started = ({ thread }: Lane, moments: Moments): Fact =>
  fact('started', t('Started'), ...withSite(momentOf(thread.startedAt, moments), thread.startSite));

/** The line of a package, which is none that people can change. */
export const byLibrary = ({ thread: { startedBy: by, startSite } }: Lane): Fact[] => {
  if (!by) return [];
  const name = shown(by.library ?? t('a package'));
  const isAlone = startSite?.file === by.at.file && startSite.line === by.at.line;
  const what = isAlone ? t('By {0}, and no line of the program is known', name) : t('By {0}', name);
  return [fact('started-by-library', what, ...siteParts(by.at))];
};

export const byTheClock = ({ process, thread }: Lane): Fact =>
  fact('clock', t('Clock time'), wallClock(process, thread.startedAt));

export const beganToRun = ({ thread }: Lane): Fact[] =>
  thread.onlineAt !== undefined && thread.kind !== 'main'
    ? [fact('began-to-run', t('Began to run'), t('{0} later', duration(thread.onlineAt - thread.startedAt)))]
    : [];

export const lifetime = ({ thread, ended }: Lane, { now }: Moments): Fact =>
  fact('lifetime', ended ? t('Lived') : t('Alive for'), duration((ended?.t ?? now) - thread.startedAt));

/** Of one that lives, and of one that ended between two looks, it may be a little more by now. */
export const processorTime = ({ thread: { processorTime: told } }: Lane): Fact[] =>
  told ? [fact('processor', t('Processor time'), t('{0}, as last seen', duration(told.time)))] : [];

export const fileOf = ({ thread }: Lane): Fact[] =>
  thread.file ? [fact('file', t('File'), shown(thread.file, LONGEST_PATH))] : [];

/** Tasks of its event loop. */
export const tasksOf = ({ thread: { asyncTasks: tasks } }: Lane): Fact[] =>
  tasks ? [fact('tasks', t('Event loop'), tasksLabel(tasks))] : [];

export const hold = (lane: Lane): Fact => fact('hold', t('Process'), holdText(lane));

/** The function that it was last seen in, of one that does not turn its loop. */
export const lastSeenIn = ({ thread, ended }: Lane): Fact[] => {
  const at = ended ? undefined : thread.activity?.unresponsive?.in;
  return at ? [fact('last-seen', t('Last seen in'), ...siteParts(at))] : [];
};

/** How it ended or, while it lives, what it does. */
export function nowOrEnded(lane: Lane, moments: Moments): Fact {
  const { ended } = lane;
  if (!ended) return fact('now', t('Now'), stateText(lane, moments.now));
  return fact(
    'ended',
    t('Ended'),
    ...withSiteOnce(`${momentOf(ended.t, moments)}: ${sentence(ended.because)}`, ended.at),
  );
}

export const exitCode = (ended: { code?: number } | undefined): Fact[] =>
  ended?.code === undefined ? [] : [fact('exit-code', t('Exit code'), String(ended.code))];

export const poolOf = ({ pool }: Lane): Fact[] =>
  pool ? [withShort(fact('pool', t('Pool'), ...withSite(poolText(pool), pool.at)), poolText(pool))] : [];

export const probeNote = ({ thread }: Lane): Fact[] => (thread.probed ? [] : [fact('note', t('Note'), withoutProbe())]);

/** Calls of terminate(), then what a person had the debugger find out; of each the last `most`. */
export const calls = ({ thread }: Lane, moments: Moments, most: number): Fact[] => [
  ...thread.terminateCalls
    .slice(-most)
    .map(({ t: when, at, by }) =>
      fact('terminate', 'terminate()', ...withSite(byWhom(momentOf(when, moments), by), at)),
    ),
  ...(thread.deeds ?? [])
    .slice(-most)
    .map(({ t: when, deed }) =>
      fact(deed, sentence(DEBUGGER_ACTIONS[deed].label), byWhom(momentOf(when, moments), 'hand')),
    ),
];

/** What changed whether its owner waits for it, since its start: the last `most`, and how many came before. */
export function flips({ thread, process }: Lane, moments: Moments, most: number): Fact[] {
  const all = thread.refs.slice(1);
  const last = all.slice(-most).flatMap((flip) => flipFacts(flip, process.runtime, moments));
  const earlier = flipCount(thread.refs.slice(0, -most));
  return earlier > 0
    ? [fact('earlier-flips', '', counted(earlier, '{0} earlier call, then', '{0} earlier calls, then')), ...last]
    : last;
}

function flipFacts(flip: Flip, words: RuntimePicture, moments: Moments): Fact[] {
  const { run, value } = flip;
  if (value === undefined)
    return [
      fact(
        'unknown',
        '',
        t('unknown from {0} on: its owner ended before the probe could tell', momentOf(flip.t, moments)),
      ),
    ];
  if (!run) return [flipFact(flip, words, moments)];
  const other = value ? words.daemonCall : words.keepsAliveCall;
  return [
    ...(run.other ? [fact(value ? 'unref' : 'ref', other, ...withSite(t('again and again'), run.other))] : []),
    flipFact(flip, words, moments),
    fact('run', '', runText(run, moments)),
  ];
}

function flipFact({ t: when, value, at, by }: Flip, words: RuntimePicture, moments: Moments): Fact {
  const kind = value ? 'ref' : 'unref';
  const time = momentOf(when, moments);
  if (by !== 'listener')
    return fact(kind, value ? words.keepsAliveCall : words.daemonCall, ...withSite(byWhom(time, by), at));
  return fact('listener', t('Listener'), ...withSite(`${time}: ${LISTENER_FLIPS[kind].label}`, at));
}

/** Its short text has the end of a path alone. */
export function leftUndone(thing: Unfinished): Fact {
  const fate = fateOf(thing);
  const withFate = (text: string): string => (fate === undefined ? text : `${text}: ${fate}`);
  const shortPath = thing.text.replace(/\/(?:[^/]*\/)+(?=[^/]*$)/, '…/');
  const text = withFate(shown(thing.text, LONGEST_TEXT));
  const parts = thing.at ? withSiteOnce(text, thing.at) : [text];
  return withShort(fact('undone', '', ...parts), withFate(sentence(shortPath)));
}

/** A sentence that names its line itself, or none. */
export const noteFact = ({ text, at }: Note): Fact =>
  fact('note', '', ...(at ? withSiteOnce(shown(text, LONGEST_TEXT), at) : [shown(text, LONGEST_TEXT)]));

export function poolFacts(threads: PoolThreads, moments: Moments): Fact[] {
  const { pool, lanes } = threads;
  const { at, busy, mostBusy, earlier } = pool;
  const facts = [fact('threads', t('Threads'), poolFares(threads))];
  if (at) facts.push(fact('made', t('Created'), ...siteParts(at)));
  const first = lanes.reduce((least, { thread }) => Math.min(least, thread.startedAt), Infinity);
  if (!earlier) facts.push(fact('first-began', t('First start'), momentOf(first, moments)));
  if (busy !== undefined && pool.live > 0)
    facts.push(fact('busy', t('Busy'), t('{0} of {1} live', decimal(busy, 0), decimal(pool.live, 0))));
  if (mostBusy !== undefined) facts.push(fact('most-busy', t('Busy at once'), t('at most {0}', mostBusy)));
  return facts;
}
