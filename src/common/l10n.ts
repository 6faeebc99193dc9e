// The language of what people read, and how it writes numbers. English is in the code and is the key of its translation;
// each process takes up its language once, at its start. Translations are media/l10n/bundle.l10n.<language>.json.
import { config, t as translated } from '@vscode/l10n';

/** Sentences by the English that stands for them in the code. */
export type Translation = Record<string, string>;

let language = 'en';
let formats = new Map<number, Intl.NumberFormat>();

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

/** A number with so many digits after its point. */
export function decimal(value: number, digits: number): string {
  let format = formats.get(digits);
  if (!format) {
    format = new Intl.NumberFormat(language, { minimumFractionDigits: digits, maximumFractionDigits: digits });
    formats.set(digits, format);
  }
  return format.format(value);
}
