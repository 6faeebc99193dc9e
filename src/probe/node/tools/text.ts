// Text of the program's, in a bounded length, without calling anything that the program may have replaced.
import { raw } from './handed';
import { uncurried } from './builtins';

/** Names, messages and paths beyond this are cut. */
const LONGEST_TEXT = 4096;

export const slice = uncurried(raw.slice);
export const startsWith = uncurried(raw.startsWith);
export const includes = uncurried(raw.includes);
export const split = uncurried(raw.split as (this: string, separator: string) => string[]);
const exec = uncurried(raw.exec);

export const matchOf = (pattern: RegExp, text: string): RegExpExecArray | null => exec(pattern, text);

export const clipped = (text: string, longest = LONGEST_TEXT): string =>
  text.length > longest ? slice(text, 0, longest) : text;

/** Of a function. */
export const sourceOf = uncurried(raw.sourceOf);
