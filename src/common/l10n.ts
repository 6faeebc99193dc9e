// The language of what people read, and how it writes numbers. English is in the code and is the key of its translation;
// each process takes up its language once, at its start. Translations are media/l10n/bundle.l10n.<language>.json.
import { config, t as translated } from '@vscode/l10n';

/** Sentences by the English that stands for them in the code. */
export type Translation = Record<string, string>;

let language = 'en';
let formats = new Map<string, Intl.NumberFormat>();

/** @param name a BCP 47 tag, such as `de`; without a translation it stays English, with its numbers */
export function useLanguage(name: string, translation: Translation | null | undefined): void {
  config({ contents: translation ?? {} });
  language = translation ? name : 'en';
  formats = new Map();
}

/** The language that is written, as a BCP 47 tag. */
export const writtenLanguage = (): string => language;

/** A sentence in the language of the reader; `{0}`, `{1}` … stand for `parts`. */
export const t: (message: string, ...parts: (string | number)[]) => string = translated;

/** `one` for one thing, else `many`; `{0}` is the number in both, `{1}` … are `parts`. */
export const counted = (n: number, one: string, many: string, ...parts: (string | number)[]): string =>
  translated(n === 1 ? one : many, decimal(n, 0), ...parts);

/** As `counted`, the number in digits alone: reports are searched, and read by programs. */
export const tally = (n: number, one: string, many: string, ...parts: (string | number)[]): string =>
  translated(n === 1 ? one : many, n, ...parts);

/** A number with the given count of digits after its point. */
export const decimal = (value: number, digits: number): string => formatted(value, digits, true);

/** As `decimal`, without marks between thousands, for the same reason as `tally`. */
export const fixed = (value: number, digits: number): string => formatted(value, digits, false);

function formatted(value: number, digits: number, useGrouping: boolean): string {
  const key = `${digits} ${useGrouping}`;
  let format = formats.get(key);
  if (!format) {
    const [minimumFractionDigits, maximumFractionDigits] = [digits, digits];
    format = new Intl.NumberFormat(language, { minimumFractionDigits, maximumFractionDigits, useGrouping });
    formats.set(key, format);
  }
  return format.format(Number(value.toFixed(digits))); // the two do not round alike
}
