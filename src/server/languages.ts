// The languages that the server reads.
import { javascript } from './javascript/javascript';
import type { Language } from './language';
import { python } from './python/python';

const LANGUAGES: readonly Language[] = [javascript, python];

export const EXTENSIONS = LANGUAGES.flatMap(({ extensions }) => extensions);

export const languageOf = (file: string): Language | undefined => LANGUAGES.find((one) => one.isSource(file));

/** Names of folders in which nobody looks for sources. */
export const LEFT_OUT = new Set(LANGUAGES.flatMap(({ leavesOut }) => leavesOut));

export const isSource = (file: string): boolean => languageOf(file) !== undefined;
