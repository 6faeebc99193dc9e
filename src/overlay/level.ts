// How much the editor shows of a run, from all to little. Pure.
import type { LineFacts } from './lines';
import { isProblem } from './words';

/** All lines, the line with the cursor, or lines on which something went wrong. */
export const LEVELS = ['all', 'line', 'problems'] as const;
export type Level = (typeof LEVELS)[number];

export const isLevel = (value: unknown): value is Level => LEVELS.includes(value as Level);

/** One click makes it quieter, and after the quietest all is shown again. */
export const nextLevel = (level: Level): Level => LEVELS[(LEVELS.indexOf(level) + 1) % LEVELS.length]!;

/** Whether the line is one of those that the level is about. */
export const counts = (level: Level, facts: LineFacts): boolean => level !== 'problems' || isProblem(facts);

/** Whether its text is shown now. */
export const isTextShown = (level: Level, facts: LineFacts, hasCursor: boolean): boolean =>
  level === 'line' ? hasCursor : counts(level, facts);
