// How long ago something was, in words. Pure.
import { tally, t } from './l10n';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Both in ms since 1970. */
export function agoText(then: number, now: number): string {
  const age = Math.max(0, now - then);
  if (age < MINUTE) return t('just now');
  if (age < HOUR) return tally(Math.floor(age / MINUTE), '{0} min ago', '{0} min ago');
  if (age < DAY) return tally(Math.floor(age / HOUR), '{0} hour ago', '{0} hours ago');
  return tally(Math.floor(age / DAY), '{0} day ago', '{0} days ago');
}
