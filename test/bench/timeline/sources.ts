// The trace that a chart is to draw, in its page or in its worker.
import type { Loaded, Source } from './chart';
import type { Recorded } from './recorded';
import { generate, type Trace } from './trace';

export async function load(source: Source): Promise<Loaded> {
  if (source.kind === 'generated') return { trace: generate(source.size) };
  const recorded = (await (await fetch(source.path)).json()) as Recorded;
  return { trace: traceOf(recorded), recorded };
}

function traceOf({ lanes, origin }: Recorded): Trace {
  const starts = lanes.flatMap((lane) => lane.starts.map((t) => t - origin));
  const first = new Uint32Array(lanes.length + 1);
  lanes.forEach((lane, i) => (first[i + 1] = first[i]! + lane.starts.length));
  return {
    length: lanes.reduce((last, { end }) => Math.max(last, end - origin), 1),
    labels: lanes.map(({ label }) => label),
    first,
    starts: Float64Array.from(starts),
    codes: Uint8Array.from(lanes.flatMap(({ codes }) => codes)),
    ends: Float64Array.from(lanes, ({ end }) => end - origin),
  };
}
