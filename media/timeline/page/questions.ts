// What the host is asked of what threads did: of those in view for each picture, and of all in the chosen range.
import type { Measured } from '../../../src/protocol/tracks';
import type { Answers } from '../data/answers';
import type { Run } from '../data/run';
import type { ViewState } from '../look/view';
import type { Row } from '../rows/rows';

export interface InView {
  session: string;
  run: Run;
  view: ViewState;
  /** Rows in view. */
  rows: readonly Row[];
  /** px of the time area. */
  width: number;
}

/** Asks what the rows in view did; returns whether an answer is worth waiting for. */
export function askOfView(answers: Answers, { session, run, view, rows, width }: InView): boolean {
  const { window, selected } = view;
  return answers.look({
    session,
    window: { start: window.start + run.origin, end: window.end + run.origin },
    pixels: Math.round(width * devicePixelRatio),
    threads: rows.flatMap((row) => (row.kind === 'thread' ? [row.lane.key] : [])),
    pools: rows.flatMap((row) =>
      row.kind === 'pool' ? [{ key: row.key, threads: row.lanes.map(({ key }) => key) }] : [],
    ),
    messagesOf: selected !== undefined && run.byKey.has(selected) ? [selected] : [],
  });
}

/** What all threads of the run did in the chosen range. */
export function askOfRange(answers: Answers, session: string, run: Run, { range }: ViewState): Measured | undefined {
  const absolute = range && { start: range.start + run.origin, end: range.end + run.origin };
  const threads = (): string[] => run.lanes.map(({ key }) => key);
  return answers.measure(session, absolute, threads, `${run.index} ${run.lanes.length}`);
}
