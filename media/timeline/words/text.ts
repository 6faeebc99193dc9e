// Words for people, from text that is the program's own. Whatever goes through `shown` cannot hide, reorder or flood the
// text around it; that it is not taken for markup is up to `textContent`.
import { counted, decimal, t } from '../../../src/common/l10n';
import type { Site } from '../../../src/protocol/probeEvents';

/** Code points; longer names say nothing more in a lane or a tooltip. */
const LONGEST_NAME = 120;

/** Makes control, invisible and direction-changing characters visible, and cuts what is too long. */
export function shown(text: string, longest = LONGEST_NAME): string {
  // Cut first, by code units, so that a name of many megabytes costs nothing.
  const points = [...text.slice(0, longest * 2 + 2)];
  const cut = points.length > longest;
  const visible = points
    .slice(0, cut ? longest - 1 : longest)
    .map(visiblePoint)
    .join('');
  return cut ? `${visible}…` : visible;
}

function visiblePoint(point: string): string {
  const code = point.codePointAt(0)!;
  if (code < 0x20) return String.fromCodePoint(0x2400 + code);
  if (code === 0x7f) return '␡';
  if (code >= 0xd800 && code <= 0xdfff) return '�';
  return isInvisible(code) ? `[U+${code.toString(16).toUpperCase().padStart(4, '0')}]` : point;
}

/** C1 controls, bidirectional controls, line separators, zero-width characters that join nothing, tags. */
function isInvisible(code: number): boolean {
  return (
    (code >= 0x80 && code <= 0x9f) ||
    code === 0xad ||
    code === 0x61c ||
    code === 0x200b ||
    code === 0x200e ||
    code === 0x200f ||
    (code >= 0x2028 && code <= 0x202e) ||
    (code >= 0x2060 && code <= 0x206f) ||
    code === 0xfeff ||
    (code >= 0xe0000 && code <= 0xe007f)
  );
}

/** `main.js:12` */
export function siteText(site: Site): string {
  return shown(`${baseName(site.file)}:${site.line}`);
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

/** A moment since the run began, exact to the µs. */
export function moment(micros: number): string {
  const digits = /0{0,3}$/.exec(Math.abs(Math.round(micros)).toString().padStart(4, '0'))![0].length;
  return t('{0} s', decimal(micros / 1e6, 6 - digits));
}

/** A share of one. */
export const percent = (share: number, digits = 0): string => t('{0} %', decimal(share * 100, digits));

export const threads = (n: number): string => counted(n, '{0} thread', '{0} threads');
export const andMore = (n: number): string => t('and {0} more', decimal(n, 0));
export const capitalized = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);
