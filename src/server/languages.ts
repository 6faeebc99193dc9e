// The languages that the server reads.
import { javascript } from './javascript/javascript';
import type { Language } from './language';

const LANGUAGES: readonly Language[] = [javascript];

export const EXTENSIONS = LANGUAGES.flatMap(({ extensions }) => extensions);

export const languageOf = (file: string): Language | undefined => LANGUAGES.find((one) => one.isSource(file));

export const isSource = (file: string): boolean => languageOf(file) !== undefined;
