// The words of the exit report that its renderings share. Pure.
// What the program itself says (names, messages, paths) is still raw here: each rendering escapes it.
import type { Alive, Ending, Holder, Unfinished } from '../../protocol/picture';
import { siteText } from '../labels';
import type { ExitReport, PoolReport, ProcessReport, ThreadReport } from './report';

const LONGEST_TEXT = 200;

export const NOTHING_SEEN =
  'Nothing was recorded: the program did not run on Node, or it cleared NODE_OPTIONS, or it could not write its spool.';
export const TOO_OLD = 'This version of Node is too old to be observed: Node 20 or newer is needed.';

export const titleOf = ({ program, pid, runtime }: ProcessReport): string => `${program} (pid ${pid}, ${runtime})`;

/** How main ended, and who kept the process alive till then: sentences. */
export function exitSentences(process: ProcessReport): string[] {
  const { alive, held, exit } = process;
  const isOpen = !exit || exit.by === 'signal';
  return [exitText(process), ...(alive && isOpen ? aliveText(alive, exit) : heldText(held, exit))];
}

function exitText({ exit, lasted }: ProcessReport): string {
  if (!exit) return 'main has not ended, as far as the recording goes.';
  const when = lasted === undefined ? '' : ` after ${seconds(lasted)}`;
  if (exit.by === 'lost-contact') return `Contact was lost${when}: whether it still runs is not known.`;
  return `main ended${when}: ${exit.because}${exit.code === undefined ? '' : ` (exit code ${exit.code})`}.`;
}

/** Shorter times are no one's concern, in µs. */
const LEAST_HELD = 0.05e6;

function heldText(held: ProcessReport['held'], exit: Ending | undefined): string[] {
  const { last } = held ?? {};
  if (!last || last.time < LEAST_HELD || exit?.by === 'lost-contact') return [];
  const more = last.count > last.by.length ? ` and ${last.count - last.by.length} more` : '';
  return [
    `Kept alive to the end by ${last.by.map(quoted).join(', ')}${more}, for the last ${seconds(last.time)} alone.`,
  ];
}

const STUCK_NOW = 'Nothing that can be seen can wake any of its threads: it will not end by itself.';
const STUCK_THEN = 'Nothing that can be seen could wake any of its threads: it would not have ended by itself.';

/** Why a process that did not end by itself was still alive. */
export function aliveText({ holders, more, stuck, waitingSince, t }: Alive, exit?: Ending): string[] {
  if (holders.length === 0) return [];
  const main = waitingSince === undefined ? '' : ` main has had nothing to do for ${seconds(t - waitingSince)};`;
  const others = more > 0 ? [`${more} more`] : [];
  const names = [...holders.map(holderText), ...others].join('; ');
  return [
    `${exit ? 'It was still' : 'Still'} alive because:${main} ${names}.`,
    ...(stuck ? [exit ? STUCK_THEN : STUCK_NOW] : []),
  ];
}

export function holderText({ what, at, because }: Holder): string {
  const why = because.length > 0 ? `: ${because.join(', ')}` : '';
  return `${what}${at ? ` (${siteText(at)})` : ''}${why}`;
}

export const kindText = (thread: ThreadReport): string =>
  thread.id === 0 ? 'main' : thread.daemon === undefined ? 'unknown' : thread.daemon ? 'daemon' : 'keeps alive';

export function endText({ ended, state }: ThreadReport): string {
  if (!ended) return state === 'exiting' ? 'running its exit handlers' : 'still running, as far as the recording goes';
  return `${endingWord(ended)} at ${seconds(ended.t)}: ${ended.because}`;
}

/** One or two words for the ending, before the sentence that explains it. */
export function endingWord(ending: Ending): string {
  switch (ending.by) {
    case 'returned':
      return 'returned';
    case 'exit-call':
      return 'exited';
    case 'terminate':
      return 'terminated';
    case 'error':
      return 'failed';
    case 'out-of-memory':
      return 'out of memory';
    case 'main-exit':
    case 'owner-exit':
    case 'signal':
      return 'KILLED';
    case 'lost-contact':
      return 'lost contact';
    case 'unknown':
      return 'ended';
  }
}

const FATES: Record<Unfinished['fate'], string> = {
  lost: 'lost',
  completed: 'completed anyway',
  unknown: 'what became of it is not known',
};
/** With what became of it; a wait is nothing that can be lost. */
export const unfinishedText = ({ what, text, fate }: Unfinished): string =>
  what === 'wait' ? text : `${text}: ${FATES[fate]}`;

export function poolText({ label, threads, mostBusy, at }: PoolReport): string {
  const busy = mostBusy === undefined ? '' : `, at most ${mostBusy} busy at once`;
  return `${label}: ${threads} thread${plural(threads)}${busy}${at ? `, made at ${siteText(at)}` : ''}`;
}

/** What may be missing, and why. */
export function lossSentences({ lost, dropped, unseen, problems }: ProcessReport): string[] {
  return [
    ...(lost > 0 ? [`${lost} record${plural(lost)} could not be written; facts may be missing.`] : []),
    ...problems.map((problem) => `The probe had a problem: ${problem}`),
    ...(unseen.length > 0 ? [unseenText(unseen)] : []),
    ...(dropped > 0 ? [droppedText(dropped)] : []),
  ];
}

/** Under `--permission`, mostly. */
const unseenText = (subjects: string[]): string =>
  `Not to be seen in this process, for its Node does not allow it: ${subjects.join(', ')}.`;

const droppedText = (count: number): string =>
  `${count} record${plural(count)} of activity went for lack of room: waits and writes may be missing, and messages uncounted.`;

export const damagedText = (count: number): string =>
  `${count} line${plural(count)} of the recording could not be read; facts may be missing.`;

/** "1 error, 2 warnings". */
export function countText({ findings }: Pick<ProcessReport, 'findings'>): string {
  const counts = (['error', 'warning', 'info'] as const).map((severity) => ({
    severity,
    count: findings.filter((finding) => finding.severity === severity).length,
  }));
  const words = { error: 'error', warning: 'warning', info: 'note' };
  return counts
    .filter(({ count }) => count > 0)
    .map(({ severity, count }) => `${count} ${words[severity]}${plural(count)}`)
    .join(', ');
}

export const findingsIn = ({ processes }: ExitReport) => processes.flatMap(({ findings }) => findings);

/** Control, formatting and bidirectional characters made visible, long text shortened. */
export function visible(text: string, longest = LONGEST_TEXT): string {
  const shown = text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (c) => `\\u{${c.codePointAt(0)!.toString(16)}}`);
  const characters = [...shown];
  return characters.length > longest ? `${characters.slice(0, longest).join('')}…` : shown;
}

export const plural = (count: number): string => (count === 1 ? '' : 's');
export const seconds = (micros: number): string => `${(micros / 1e6).toFixed(micros < 1e6 ? 3 : 2)} s`;
const quoted = (text: string): string => `“${text}”`;
