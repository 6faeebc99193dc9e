// What the bench asks of a chart in its page, whichever it is.
import type { Recorded } from './recorded';
import type { Size, Trace } from './trace';

export interface Chart {
  /** Paths on the bench's server; they are loaded when the clock runs. */
  script: string;
  style?: string;
  /** Makes what the chart takes, before the clock runs. */
  prepare(source: Source): Promise<void>;
  /** The script is there: resolves when the first picture is on the screen. */
  open(root: HTMLElement): Promise<void>;
  /** Shows these µs. Absent where the bench uses the wheel, as a person does. */
  moveTo?(start: number, end: number): void;
  /** Resolves when what the last move changed is on the screen. */
  settled(): Promise<void>;
  /** Lets go of what was only needed to begin. */
  release(): void;
  /** What was drawn: to see that it was, and how much. */
  drawn(): Record<string, number>;
}

export type Source = { kind: 'generated'; size: Size } | { kind: 'recorded'; path: string };

export interface Loaded {
  trace: Trace;
  recorded?: Recorded;
}
