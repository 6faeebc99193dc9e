// Processes that crashed, and what was done to their threads right before. Pure.
import { t } from '../../../common/l10n';
import type { Ending } from '../../../protocol/picture';
import type { Site } from '../../../protocol/probeEvents';
import { isKilled } from '../../conclusions/cutOff';
import { crashed } from '../../conclusions/phrases/endingPhrases';
import { whatAt } from '../../conclusions/waiting/waitWords';
import { mainEnding } from '../../conclusions/endings';
import { mainOf, type ProcessFacts } from '../../facts/facts';
import { siteText } from '../../facts/sites';
import { runtimeOf } from '../../runtimes/runtimes';
import type { Evidence, Suspect } from '../evidence';
import type { ProcessRule } from '../rule';
import { wasInText } from '../shared/python';
import { lines, type Verdict } from '../verdict';

export const crash: ProcessRule = { id: 'crash', byReports: true, check };

/** What was done so shortly before may have to do with it, in µs. */
const JUST_BEFORE = 1e6;

function check({ process, workers }: Evidence): Verdict[] {
  const [main, ended] = [mainOf(process), mainEnding(process)];
  if (!main || !ended) return [];
  const because = crashText(process, ended);
  if (because === undefined) return [];
  const last = lastStopped(workers, ended);
  const text = t('The process {0}.', because) + modulesText(process.nativeModules);
  const daemon = last ? undefined : daemonAtExit(process, workers, ended);
  if (daemon) return [onDaemon(process, daemon, ended, text)];
  if (!last) return [{ thread: main, t: ended.t, text: text + otherwise(workers) }];
  const { worker, at } = last;
  return [
    {
      thread: worker.thread,
      t: ended.t,
      at,
      text: `${text} ${stoppedText(worker.label, at)}`,
      advice: t(
        'Before you terminate a thread that uses a native addon, have it release what it holds and end by itself. Then update the addon.',
      ),
      related: lines([t('It was started here'), worker.thread.start?.at]),
    },
  ];
}

/** It crashed, or did so when it had told its last, where the runtime still has something to do then. */
function crashText(process: ProcessFacts, { by, because, signal }: Ending): string | undefined {
  if (by === 'crash') return because;
  return signal === undefined || runtimeOf(process).hasLoops ? undefined : crashed(signal);
}

/** An abort while a daemon ran that the end of the process did not wait for: it may have to do with it. */
function daemonAtExit(process: ProcessFacts, workers: Suspect[], { signal }: Ending): Suspect | undefined {
  if (signal !== 'SIGABRT' || runtimeOf(process).hasLoops || !mainOf(process)?.exiting) return undefined;
  const daemons = workers.filter(({ ended, daemon }) => daemon && ended && isKilled(ended));
  return daemons.find(({ thread }) => thread.stack) ?? daemons[0];
}

function onDaemon(process: ProcessFacts, { thread, label }: Suspect, ended: Ending, text: string): Verdict {
  const what = whatAt(process, thread, ended.t);
  const then = t(
    'Main’s code was over, and the daemon “{0}” was still running. Python aborts when it ends while a daemon holds the lock of standard output.',
    label,
  );
  return {
    thread,
    t: ended.t,
    at: what?.at ?? thread.start?.at,
    text: `${text} ${then}${wasInText(process, thread, ended.t)}`,
    advice: t(
      'Tell the daemon to end and wait for it with join() before main ends, or have it write nothing to standard output.',
    ),
    related: lines([t('It was started here'), thread.start?.at]),
  };
}

const MOST_NAMED = 3;

/** It is not known which of them it was, if any: a further sentence, or nothing. */
function modulesText(modules: ReadonlySet<string>): string {
  if (modules.size === 0) return '';
  const names = [...modules].slice(0, MOST_NAMED).map(moduleName).join(', ');
  const more = modules.size - MOST_NAMED;
  return more > 0
    ? ` ${t('Native modules that it had loaded: {0} and {1} more.', names, more)}`
    : ` ${t('Native modules that it had loaded: {0}.', names)}`;
}

/** The package and the file, without what is between them; of one that is in no package, its file and folder. */
function moduleName(file: string): string {
  const parts = file.split(/[\\/]/);
  const inPackage = parts.slice(parts.lastIndexOf('node_modules') + 1);
  if (inPackage.length === parts.length) return parts.slice(-2).join('/');
  const name = inPackage.slice(0, inPackage[0]!.startsWith('@') ? 2 : 1).join('/');
  return `${name} (${inPackage.at(-1)})`;
}

/** The thread that terminate() was called on last, shortly before. */
function lastStopped(workers: Suspect[], { t: end }: Ending): { worker: Suspect; at: Site | undefined } | undefined {
  let last: { worker: Suspect; at: Site | undefined; t: number } | undefined;
  for (const worker of workers) {
    const call = worker.thread.terminateCalls.at(0);
    if (call && end - call.t < JUST_BEFORE && call.t >= (last?.t ?? 0)) last = { worker, at: call.at, t: call.t };
  }
  return last;
}

const stoppedText = (label: string, at: Site | undefined): string =>
  at
    ? t('Right before that, terminate() had been called on “{0}” at {1}.', label, siteText(at))
    : t('Right before that, terminate() had been called on “{0}”.', label);

/** Whoever was alive may have done it: nothing tells which thread it was. */
function otherwise(workers: Suspect[]): string {
  const alive = workers.filter(({ ended }) => ended?.by === 'crash');
  if (alive.length === 0) return '';
  return ` ${t('Which thread did it is not known.')}`;
}
