// Words for people: places, lengths of time, numbers.
import { counted, decimal, t } from '../../../src/common/l10n';
import { shown } from '../../../src/common/untrusted';
import type { Site } from '../../../src/protocol/probeEvents';
import type { Moments } from '../time/scales';

/** `main.js:12` */
export function siteText(site: Site): string {
  return shown(`${baseName(site.file)}:${site.line}`);
}

/** `worker “layout” (main.js:12)`; of what has its place in its name, such as `eval (main.js:12)`, that is said once. */
export function placed(what: string, at: Site | undefined): string {
  const place = at && `(${siteText(at)})`;
  return place === undefined || what.includes(place) ? what : `${what} ${place}`;
}

export function baseName(file: string): string {
  if (/^(data|blob):/.test(file)) return `${file.slice(0, file.indexOf(':'))}: URL`;
  const path = /^[a-z]+:\/\//.test(file) ? file.replace(/[?#].*$/, '') : file;
  return path.split(/[\\/]/).pop() || file;
}

/** A length of time for reading: three digits are enough. */
export function duration(micros: number): string {
  if (micros < 1000) return t('{0} µs', decimal(micros, 0));
  if (micros < 1e6) return t('{0} ms', threeDigits(micros / 1000));
  if (micros < 60e6) return t('{0} s', threeDigits(micros / 1e6));
  const seconds = Math.floor(micros / 1e6);
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return h > 0 ? t('{0} h {1} min', h, m) : t('{0} min {1} s', m, s);
}

function threeDigits(value: number): string {
  return decimal(value, value >= 100 ? 0 : value >= 10 ? 1 : 2);
}

/** A moment since the run began: exact to the µs, or as fine as can be told apart where a pixel has so many µs. */
export function moment(micros: number, perPixel?: number): string {
  if (perPixel !== undefined) return t('{0} s', decimal(micros / 1e6, decimalsFor(perPixel)));
  const digits = /0{0,3}$/.exec(Math.abs(Math.round(micros)).toString().padStart(4, '0'))![0].length;
  return t('{0} s', decimal(micros / 1e6, 6 - digits));
}

const decimalsFor = (micros: number): number =>
  Math.min(6, Math.max(LEAST_DECIMALS, Math.ceil(-Math.log10(Math.max(micros, 1) / 1e6) - 1e-9)));
const LEAST_DECIMALS = 2;

/** A moment of the adapter's clock, since the run began. */
export const momentOf = (t: number, { origin, perPixel }: Moments): string => moment(t - origin, perPixel);

/** A share of one. */
export const percent = (share: number, digits = 0): string => t('{0} %', decimal(share * 100, digits));

export const threads = (n: number): string => counted(n, '{0} thread', '{0} threads');
export const andMore = (n: number): string => t('and {0} more', decimal(n, 0));
export const capitalized = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);
