// A recording as the bench takes it: the picture of its threads, and their states over time.
import { OpenProcesses } from '../../../src/collector/recovery';
import { endingOf } from '../../../src/model/conclusions/endings';
import { emptyModel, fold, seenThreads } from '../../../src/model/facts/facts';
import { snapshotOf } from '../../../src/model/picture';
import { statesBetween } from '../../../src/model/conclusions/states';
import type { Snapshot } from '../../../src/protocol/picture';
import { readRecording } from '../../../src/transport/spool/recording';

export interface Recorded {
  snapshot: Snapshot;
  /** µs on the adapter's clock. */
  origin: number;
  lanes: { key: string; label: string; end: number; starts: number[]; codes: number[] }[];
}

export function recorded(file: string): Recorded {
  const { head, events, damaged } = readRecording(file);
  const model = emptyModel();
  const open = new OpenProcesses();
  open.see(events);
  for (const event of [...events, ...open.ends()]) fold(model, event);
  const now = events.reduce((latest, { t }) => Math.max(latest, t), 0);
  const snapshot = snapshotOf(model, { title: head.title, now, damaged, complete: true, notices: [] });
  const labels = new Map(snapshot.threads.map(({ key, label }) => [key, label]));
  const lanes = [...model.processes.values()].flatMap((process) =>
    seenThreads(process).map((thread) => {
      const spans = statesBetween(process, thread, thread.firstSeen, endingOf(process, thread)?.t ?? now);
      return {
        key: thread.key,
        label: labels.get(thread.key) ?? thread.key,
        end: spans.at(-1)?.to ?? thread.firstSeen,
        starts: spans.map(({ from }) => from),
        codes: spans.map(({ code }) => code),
      };
    }),
  );
  return { snapshot, origin: Math.min(...snapshot.processes.map(({ startedAt }) => startedAt)), lanes };
}
