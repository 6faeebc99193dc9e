// What of all that the timeline can draw occurs in a run, for a legend of just that. Pure.
import type { EndedBy, Ending } from '../../../src/protocol/picture';
import type { AsyncTaskEnding } from '../../../src/protocol/probeEvents';
import { SEVERITIES } from '../../../src/protocol/rules';
import { TRACK_STATES } from '../../../src/protocol/tracks';
import { statesIn, type TrackAnswers } from '../data/answers';
import type { Run } from '../data/run';
import type { Sign } from '../look/view';
import { type ArrowKind, ARROWS, type MarkKind } from '../words/vocabulary';
import { barSignOf, endSignOf } from './signs';

/** An entry of the legend, whether or not it filters. */
export type Entry =
  Sign | 'bar:starting' | `mark:${MarkKind}` | `arrow:${ArrowKind}` | 'task' | `task:${AsyncTaskEnding}`;

/** States of a run are known as far as they were looked at. */
export class Occurring {
  private name: string | undefined;
  private latest: TrackAnswers | undefined;
  /** A bit for the code of each. */
  private states = 0;
  private madeOf = '';
  private run: Run | undefined;
  private found: ReadonlySet<Entry> = new Set();

  /** The same set while nothing is new. @param name of the run: another one begins anew */
  of(
    name: string,
    run: Run,
    answers: TrackAnswers | undefined,
    arrows: readonly { kind: ArrowKind }[],
  ): ReadonlySet<Entry> {
    if (this.name !== name) this.states = 0;
    this.name = name;
    if (answers && answers !== this.latest) for (const lane of answers.lanes.values()) this.states |= statesIn(lane);
    this.latest = answers;
    const kinds = ARROW_KINDS.filter((kind) => arrows.some((arrow) => arrow.kind === kind));
    const madeOf = `${this.states} ${kinds.join()}`;
    if (this.run === run && this.madeOf === madeOf) return this.found;
    [this.run, this.madeOf] = [run, madeOf];
    const states = TRACK_STATES.filter((state, code) => state !== 'none' && this.states & (1 << code));
    const entries = [...states.map((state): Entry => `state:${state}`), ...kinds.map((kind): Entry => `arrow:${kind}`)];
    const found = new Set([...ofLanes(run), ...entries]);
    const isSame = found.size === this.found.size && [...found].every((entry) => this.found.has(entry));
    return isSame ? this.found : (this.found = found);
  }
}

const ARROW_KINDS = Object.keys(ARROWS) as ArrowKind[];

const entriesOfRuns = new WeakMap<Run, Set<Entry>>();

function ofLanes(run: Run): Set<Entry> {
  let entries = entriesOfRuns.get(run);
  if (entries) return entries;
  entriesOfRuns.set(run, (entries = new Set<Entry>()));
  // Of each the last moments, at least, are known late or never.
  if (run.lanes.length > 0) entries.add('state:alive');
  for (const lane of run.lanes) {
    const { thread } = lane;
    entries.add(barSignOf(lane)).add(endSignOf(lane));
    for (const { value } of thread.keepsAlive)
      entries.add(value === undefined ? 'bar:unknown' : value ? 'bar:keeps-alive' : 'bar:daemon');
    if (thread.onlineAt === undefined || thread.onlineAt > thread.startedAt) entries.add('bar:starting');
    for (const { value } of thread.refs.slice(1))
      if (value !== undefined) entries.add(value ? 'mark:ref' : 'mark:unref');
    if (thread.terminateCalls.length > 0) entries.add('mark:terminate-call');
    if (thread.deeds?.length) entries.add('mark:deed');
    if (thread.asyncTasks) entries.add('task');
    for (const { end } of thread.asyncTasks?.tasks ?? []) if (end) entries.add(`task:${end}`);
  }
  return entries;
}

/** What ends of each kind cost in a run, the gravest of them; not known: nothing of it is. */
export type Costs = ReadonlyMap<EndedBy, Ending['severity']>;

const costsOfRuns = new WeakMap<Run, Costs>();

export function costsOf(run: Run): Costs {
  const known = costsOfRuns.get(run);
  if (known) return known;
  const costs = new Map<EndedBy, Ending['severity']>();
  for (const { ended } of run.lanes) if (ended) costs.set(ended.by, gravest(costs.get(ended.by), ended.severity));
  costsOfRuns.set(run, costs);
  return costs;
}

const gravest = (a: Ending['severity'], b: Ending['severity']): Ending['severity'] =>
  SEVERITIES.find((severity) => severity === a || severity === b);
