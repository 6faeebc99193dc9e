// Threads that all computed, and waited for each other to give them the lock of the interpreter. Pure.
import { grouped } from '../../../common/grouped';
import { t } from '../../../common/l10n';
import { labelOf } from '../../conclusions/labels';
import { siteText } from '../../facts/sites';
import type { ThreadFacts } from '../../facts/facts';
import type { Evidence } from '../evidence';
import type { ProcessRule } from '../rule';
import { cluesOf } from '../shared/clues';
import { ownStart } from '../shared/python';
import { secondsText } from '../shared/text';
import type { Verdict } from '../verdict';

export const cpuBoundThreads: ProcessRule = { id: 'cpu-bound-threads', byReports: true, runtimes: ['python'], check };

/** Processor time of each and of all together below which it matters to nobody, in µs. */
const LEAST_EACH = 0.03e6;
const LEAST = 0.1e6;
/** So often at least threads must have been seen to wait for their turn, each and all, and in this share of looks. */
const WAITS_EACH = 1;
const WAITS = 4;
const WAITS_ABOVE = 0.08;
/** In this share of looks they ran or waited for their turn: else they wait for something else, and threads are right for them. */
const WANTS_ABOVE = 0.75;
const MOST_NAMED = 3;

/** Of threads that one line has started. */
function check({ process, workers }: Evidence): Verdict[] {
  const asking = new Set(cluesOf(process, 'asks').map(({ id }) => id)); // who only asks has nothing to compute
  const computing = workers
    .map(({ thread }) => thread)
    .filter((thread) => wantedTurns(thread) && !asking.has(thread.id));
  const groups = grouped(computing, (thread) => lineOf(thread) ?? '');
  return [...groups].flatMap(([line, threads]) => (line === '' || !tookTurns(threads) ? [] : [verdictOn(threads)]));
}

const lineOf = (thread: ThreadFacts): string | undefined => {
  const at = ownStart(thread);
  return at && `${at.file}:${at.line}`;
};

const timeOf = ({ samples }: ThreadFacts): number => samples.processorTime?.time ?? 0;

function wantedTurns(thread: ThreadFacts): boolean {
  const { turns } = thread.samples;
  if (!turns || timeOf(thread) < LEAST_EACH) return false;
  return turns.waits >= WAITS_EACH && turns.runs + turns.waits >= turns.looks * WANTS_ABOVE;
}

function tookTurns(threads: ThreadFacts[]): boolean {
  const sum = (of: (thread: ThreadFacts) => number): number => threads.reduce((all, one) => all + of(one), 0);
  const waits = sum(({ samples }) => samples.turns!.waits);
  return (
    threads.length > 1 &&
    waits >= WAITS &&
    waits >= WAITS_ABOVE * sum(({ samples }) => samples.turns!.looks) &&
    sum(timeOf) >= LEAST
  );
}

function verdictOn(threads: ThreadFacts[]): Verdict {
  const at = ownStart(threads[0]!)!;
  const names = threads.slice(0, MOST_NAMED).map((thread) => t('“{0}”', labelOf(thread)));
  const more = threads.length - names.length;
  const time = threads.reduce((all, one) => all + timeOf(one), 0);
  const who = more > 0 ? t('{0} and {1} more', names.join(', '), more) : names.join(', ');
  return {
    t: Math.min(...threads.map(({ firstSeen }) => firstSeen)),
    at,
    count: threads.length,
    text: t(
      '{0}, started at {1}, computed for {2} together. Only one at a time could: the others were seen to wait for their turn.',
      who,
      siteText(at),
      secondsText(time),
    ),
  };
}
