// What is announced to a person who does not see the lanes: starts, endings and findings since the last time, in one
// short message, most severe first. Pure; the caller keeps what was announced, and calls as often as a listener can follow.
import { counted, decimal, t } from '../../../src/common/l10n';
import { shown } from '../../../src/common/untrusted';
import type { Finding } from '../../../src/protocol/picture';
import { ruleOf, type Severity } from '../../../src/protocol/rules';
import type { Lane, Run } from '../data/run';
import { ENDINGS, SEVERITIES } from '../words/vocabulary';
import { exitText } from './phrases';

/** All that was announced so far of one run. */
export interface Announced {
  /** Thread → whether its end was announced. */
  threads: ReadonlyMap<string, boolean>;
  findings: ReadonlySet<string>;
  /** Processes whose end was announced. */
  exits: ReadonlySet<string>;
}

/** What of a run is announced. */
type AnnouncedRun = Pick<Run, 'lanes' | 'findings' | 'processes'>;

/** Named one by one in a message; the rest is counted. */
const MOST_NAMED = 3;
const LONGEST_NAME = 40;
const GRAVITY: readonly Severity[] = ['error', 'warning', 'info'];

/** Everything of the run as it is now counts as announced: for a run that a person sees for the first time. */
export function allAnnounced({ lanes, findings, processes }: AnnouncedRun): Announced {
  return {
    threads: new Map(lanes.map(({ key, ended }) => [key, ended !== undefined])),
    findings: new Set(findings.map(({ id }) => id)),
    exits: new Set(processes.filter(({ exit }) => exit).map(({ key }) => key)),
  };
}

/** One message for all that is new since; empty when nothing is. */
export function newsSince(announced: Announced, run: AnnouncedRun): string {
  const findings = run.findings.filter(({ id }) => !announced.findings.has(id));
  // Main's end is announced as that of its process.
  const isOwnNews = ({ thread }: Lane): boolean => thread.kind !== 'main';
  const ended = run.lanes.filter((lane) => lane.ended && announced.threads.get(lane.key) !== true && isOwnNews(lane));
  const started = run.lanes.filter((lane) => !announced.threads.has(lane.key) && isOwnNews(lane));
  const exits = run.processes.flatMap(({ key, exit }) => (exit && !announced.exits.has(key) ? [exitText(exit)] : []));
  return [...findingNews(findings), ...exits, threadNews(started, ended)].filter(Boolean).join('. ');
}

function findingNews(findings: Finding[]): string[] {
  const gravest = GRAVITY.flatMap((severity) => findings.filter((finding) => finding.severity === severity));
  const named = gravest.slice(0, MOST_NAMED);
  const texts = named.map(
    ({ rule, runtime, severity }) => `${SEVERITIES[severity].label}: ${ruleOf(rule, runtime).title}`,
  );
  const more = gravest.length - named.length;
  return more > 0 ? [...texts, counted(more, '{0} more finding', '{0} more findings')] : texts;
}

/** Such as "3 threads started, 1 ended: logger killed with main". */
function threadNews(started: Lane[], ended: Lane[]): string {
  const parts: string[] = [];
  if (started.length > 0) parts.push(counted(started.length, '{0} thread started', '{0} threads started'));
  if (ended.length > 0) {
    const n = ended.length;
    parts.push(
      started.length > 0 ? t('{0} ended', decimal(n, 0)) : counted(n, '{0} thread ended', '{0} threads ended'),
    );
  }
  const [only] = started;
  const named = ended.length > 0 ? endings(ended) : started.length === 1 && only ? nameOf(only) : '';
  return parts.length === 0 ? '' : named ? `${parts.join(', ')}: ${named}` : parts.join(', ');
}

/** Few by name, many by what ended them. */
function endings(ended: Lane[]): string {
  if (ended.length <= MOST_NAMED) return ended.map((lane) => `${nameOf(lane)} ${endingOf(lane)}`).join(', ');
  const kinds = new Map<string, number>();
  for (const lane of ended) kinds.set(endingOf(lane), (kinds.get(endingOf(lane)) ?? 0) + 1);
  return [...kinds].map(([kind, number]) => `${decimal(number, 0)} ${kind}`).join(', ');
}

const nameOf = ({ thread }: Lane): string => shown(thread.label, LONGEST_NAME);
const endingOf = ({ ended }: Lane): string => ENDINGS[ended!.by].label;
