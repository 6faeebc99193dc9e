// Text of the program's, in a bounded length, without calling anything that the program may have replaced.
import { uncurried } from './builtins';

/** Names, messages and paths beyond this are cut. */
const LONGEST_TEXT = 4096;

export const slice = uncurried(String.prototype.slice);
export const startsWith = uncurried(String.prototype.startsWith);
export const includes = uncurried(String.prototype.includes);
export const split = uncurried(String.prototype.split as (this: string, separator: string) => string[]);
const exec = uncurried(RegExp.prototype.exec);

export const matchOf = (pattern: RegExp, text: string): RegExpExecArray | null => exec(pattern, text);

export const clipped = (text: string, longest = LONGEST_TEXT): string =>
  text.length > longest ? slice(text, 0, longest) : text;
