// How a thread fell, and which lines had to do with it. Pure.
import { t, tally } from '../../../common/l10n';
import type { Ending } from '../../../protocol/picture';
import type { Site } from '../../../protocol/probeEvents';
import { isKilledWithMain } from '../../conclusions/cutOff';
import { mainEnding } from '../../conclusions/endings';
import { placeText, stalledCall, stalledIn } from '../../conclusions/waiting/stalled';
import { mainOf, type ThreadFacts } from '../../facts/facts';
import { isInLibrary, siteText } from '../../facts/sites';
import { runtimeOf } from '../../runtimes/runtimes';
import { cutOffOf, type Suspect } from '../evidence';
import { lines, type Verdict } from '../verdict';

/** A daemon that was cut off: where it was made one. Else what ended it, or where it was started. */
export function whereCutOff(suspect: Suspect, ended: Ending): Pick<Verdict, 'at' | 'related'> {
  const { process, thread, madeDaemonAt } = suspect;
  const start = thread.start?.at;
  return {
    at: inProgram(suspect, (cutOffOf({ ended }) && madeDaemonAt) ?? ended.at ?? start),
    related: lines(
      ...wasHere(suspect),
      [runtimeOf(process).daemons.madeHere(), madeDaemonAt],
      [t('It was started here'), start],
      [t('This line ended it'), ended.at],
    ),
  };
}

/** Where a library of Python's started it, the line at which it was cut off is of more use. */
function inProgram({ process, unfinished }: Suspect, at: Site | undefined): Site | undefined {
  const code = unfinished.find(({ what }) => what === 'code')?.at;
  const isBetter = at !== undefined && isInLibrary(at) && code !== undefined && !isInLibrary(code);
  return isBetter && !runtimeOf(process).hasLoops ? code : at;
}

/** As `fell`, also of a thread that the program ended itself. */
export function fellOrTerminated(worker: Suspect, ended: Ending): string {
  if (ended.by !== 'terminate') return fell(worker, ended);
  const { label } = worker;
  return ended.at ? t('“{0}” was terminated at {1}.', label, siteText(ended.at)) : t('“{0}” was terminated.', label);
}

/** The line at which it was cut off. */
export const wasHere = ({ unfinished }: Pick<Suspect, 'unfinished'>): [text: string, at: Site | undefined][] => [
  [t('It was here'), unfinished.find(({ what }) => what === 'code')?.at],
];

/** The function that a thread was last seen in which did not turn its loop since. */
export const lastSeenIn = (thread: ThreadFacts): [text: string, at: Site | undefined][] => [
  [t('It was last seen in this function'), stalledIn(thread)],
];

/** A further sentence, or nothing. */
export function lastSeenText(thread: ThreadFacts): string {
  const at = stalledIn(thread);
  const call = stalledCall(thread);
  if (call !== undefined) return ` ${t('It was last seen in a call of the system: {0}.', call)}`;
  return at ? ` ${t('It was last seen in {0}, or in what that had called.', placeText(at))}` : '';
}

/** Further sentences, or nothing: at what tasks of a pool it was, and in the middle of what code. */
export const atText = (suspect: Suspect): string => tasksText(suspect) + codeText(suspect);

/** A further sentence, or nothing. */
export function tasksText({ activity }: Suspect): string {
  const { tasks = [] } = activity ?? {};
  if (tasks.length === 0) return '';
  return ` ${tally(tasks.length, 'It had not finished the task {1}.', 'It had not finished the tasks {1}.', taskNames(tasks))}`;
}

/** More would not be read. */
const MOST_TASKS = 3;

/** Such as "“resize (images.js)”, “crop (images.js)”". */
export function taskNames(tasks: readonly string[]): string {
  const named = tasks.slice(0, MOST_TASKS).map((name) => t('“{0}”', name));
  return named.join(', ') + (tasks.length > MOST_TASKS ? ', …' : '');
}

/** A further sentence: in the middle of what code it was; or nothing. */
export function codeText({ unfinished }: Pick<Suspect, 'unfinished'>): string {
  const code = unfinished.find(({ what }) => what === 'code');
  return code ? ` ${t('It was {0}.', code.text)}` : '';
}

/** A sentence: how it ended, and of a daemon why nobody waited for it. */
export function fell({ label, madeDaemonAt, process }: Suspect, { because, by }: Ending): string {
  if (by === 'out-of-memory') return t('“{0}” ran out of memory: it reached its heap limit.', label);
  const { endings, daemons } = runtimeOf(process);
  const main = isKilledWithMain({ by }) ? mainEnding(process) : undefined;
  const chosen = mainOf(process)?.exiting?.chosen;
  const isDone = main?.by === 'returned' && !endings.isUnsettled({ code: main.code ?? 0, chosen });
  if (!isDone) return t('“{0}” was {1}.', label, because);
  if (!madeDaemonAt) return daemons.killedAtTheEnd(label);
  return daemons.killedWhenMainWasDone(label, madeDaemonAt);
}
