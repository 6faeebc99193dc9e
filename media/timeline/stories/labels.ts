// The label of a row, and what a screen reader says of it: one line each. Pure.
import { counted, decimal, t } from '../../../src/common/l10n';
import { shown } from '../../../src/common/untrusted';
import type { Finding, ProcessPicture } from '../../../src/protocol/picture';
import { ruleOf } from '../../../src/protocol/rules';
import type { Lane, Run } from '../data/run';
import { baseName, threads } from '../words/text';
import { BARS, COMPUTING, ENDINGS, LIFE, SEVERITIES, STATES } from '../words/vocabulary';
import { kindText, poolFares, type PoolThreads, sentence, sizeOf, stateText } from './phrases';

/** One line for a screen reader: all that the lane shows. */
export function laneLabel(lane: Lane): string {
  const { thread, owner, ended } = lane;
  const parts = [shown(thread.label), kindText(lane)];
  if (owner && owner.kind !== 'main') parts.push(t('started by {0}', shown(owner.label)));
  parts.push(
    lane.daemon === undefined ? BARS.unknown.explanation : lane.daemon ? BARS.daemon.label : BARS['keeps-alive'].label,
  );
  parts.push(ended ? sentence(ended.because) : stateText(lane));
  if (lane.findings.length > 0) parts.push(findingLabel(lane.findings));
  return parts.join(', ');
}

/** What the mark beside a label says. */
export const findingLabel = (findings: readonly Finding[]): string =>
  findings
    .map(({ rule, runtime, severity }) => `${SEVERITIES[severity].label}: ${ruleOf(rule, runtime).title}`)
    .join('; ');

/** A few words beside a label. */
export function laneNote(lane: Lane): string {
  if (lane.ended) return ENDINGS[lane.ended.by].label;
  if (lane.state !== 'alive') return LIFE[lane.state];
  const { unresponsive } = lane.thread.activity ?? {};
  if (unresponsive) return unresponsive.computes ? COMPUTING : STATES.unresponsive.label;
  return lane.daemon ? BARS.daemon.label : '';
}

export function processTitle(process: ProcessPicture): string {
  const script = process.argv[1] ?? process.argv[0];
  const names = [process.session?.title, script && baseName(script)]
    .filter((name) => name !== undefined)
    .map((name) => shown(name));
  return t('{0} · pid {1}', [...new Set(names)].join(' · ') || t('process'), process.pid);
}

export const unsupportedNote = ({ runtime }: ProcessPicture): string =>
  t('{0} is too old: {1} or newer required', shown(runtime.label), runtime.oldest);

export function unsupportedText({ runtime }: ProcessPicture): string {
  return t(
    '{0} is too old to be observed. The program is not affected, but its threads cannot be shown. Use {1} or newer.',
    shown(runtime.label),
    runtime.oldest,
  );
}

/** What it is and how its threads fare, in one line. */
export const poolLabel = (of: PoolThreads): string =>
  [shown(of.pool.name), poolSize(sizeOf(of)), poolFares(of), findingLabel(of.findings)].filter(Boolean).join(', ');

/** A few words beside a label. */
export const poolNote = (of: PoolThreads): string => {
  const live = of.lanes.filter(({ ended }) => !ended).length;
  return live > 0 ? t('{0} of {1} live', decimal(live, 0), decimal(sizeOf(of), 0)) : threads(sizeOf(of));
};

export const poolSize = (n: number): string => counted(n, 'pool of {0} thread', 'pool of {0} threads');

/** A sentence under the lanes while there are few of them. */
export function hintOf(run: Run): string {
  if (run.processes.length === 0) {
    return run.live
      ? t('Waiting for the program to start…')
      : t('The program reported nothing: it did not start, or it ran without the probe.');
  }
  const unsupported = run.processes.find((p) => !p.supported);
  if (unsupported) return unsupportedText(unsupported);
  if (run.lanes.length > run.processes.length) return '';
  if (run.lanes.length === 0) return t('None of its threads has reported anything yet.');
  if (run.processes.some(({ unwritten, problems }) => unwritten || problems.length > 0))
    return t('Whether it started worker threads is not known.');
  return run.live
    ? t('No worker threads so far. Each new Worker(…) gets a lane here.')
    : t('This program ran only on its main thread: it started no worker threads.');
}
