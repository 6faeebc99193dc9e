// Where a person has looked before, so that each deliberate move can be undone and redone. Pure.
import type { Mode, TimeWindow } from '../time/scales';

/** A window that one can go back to. */
export interface ViewWindow {
  mode: Mode;
  window: TimeWindow;
}

/** Moves of one kind that follow each other closely are one gesture; `t` in ms. */
export interface Gesture {
  kind: string;
  t: number;
}

export interface History {
  /** Latest last. */
  past: readonly ViewWindow[];
  /** What was undone; next to be redone last. */
  future: readonly ViewWindow[];
  gesture: Gesture | undefined;
}

export const NO_HISTORY: History = { past: [], future: [], gesture: undefined };
export const MOST_MOVES = 64;
const GESTURE_PAUSE_MS = 500;

/** `from`: where one looked before the move. A gesture that goes on adds nothing: its first move recorded its start. */
export function recorded(history: History, from: ViewWindow, gesture: Gesture): History {
  if (goesOn(history.gesture, gesture)) return { ...history, gesture };
  const past = [...history.past, from].slice(-MOST_MOVES);
  return { past, future: [], gesture };
}

function goesOn(before: Gesture | undefined, now: Gesture): boolean {
  return before !== undefined && before.kind === now.kind && now.t - before.t <= GESTURE_PAUSE_MS;
}

/** Undefined when there is nothing to go back to. */
export function undone({ past, future }: History, here: ViewWindow): { history: History; to: ViewWindow } | undefined {
  const to = past.at(-1);
  if (!to) return undefined;
  return { to, history: { past: past.slice(0, -1), future: [...future, here], gesture: undefined } };
}

export function redone({ past, future }: History, here: ViewWindow): { history: History; to: ViewWindow } | undefined {
  const to = future.at(-1);
  if (!to) return undefined;
  return { to, history: { past: [...past, here], future: future.slice(0, -1), gesture: undefined } };
}
