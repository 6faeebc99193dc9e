// What of all that the timeline can draw occurs in a run, for a legend of just that. Pure.
import type { EndedBy, Ending } from '../../../src/protocol/picture';
import { SEVERITIES } from '../../../src/protocol/rules';
import { stateIn } from '../../../src/protocol/tracks';
import type { TrackAnswers } from '../data/answers';
import type { Run } from '../data/run';
import type { Sign } from '../look/view';
import type { ArrowKind, MarkKind } from '../words/vocabulary';
import { barSignOf, endSignOf } from './signs';

/** An entry of the legend, whether or not it filters. */
export type Entry = Sign | 'bar:starting' | `mark:${MarkKind}` | `arrow:${ArrowKind}`;

/** States of a run are known as far as they were looked at. */
export class Occurring {
  private run: string | undefined;
  private latest: TrackAnswers | undefined;
  private states = new Set<Entry>();

  /** @param name of the run: another one begins anew */
  of(name: string, run: Run, answers: TrackAnswers | undefined, arrows: readonly { kind: ArrowKind }[]): Set<Entry> {
    if (this.run !== name) this.states = new Set();
    this.run = name;
    if (answers && answers !== this.latest) addStates(this.states, answers);
    this.latest = answers;
    const found = new Set<Entry>([...ofLanes(run), ...this.states]);
    for (const { kind } of arrows) found.add(`arrow:${kind}`);
    return found;
  }
}

function addStates(states: Set<Entry>, { lanes }: TrackAnswers): void {
  for (const { state, peak } of lanes.values())
    for (const codes of [state, peak]) for (const code of codes) states.add(`state:${stateIn(code)}`);
  states.delete('state:none');
}

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
