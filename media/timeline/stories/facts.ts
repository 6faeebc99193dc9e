// One fact about a thread, a pool, an end or a range. Tooltip, details, table and clipboard show the same ones. Pure. Text
// of the program's own has gone through `shown`; whoever draws a fact uses `textContent`.
import { t } from '../../../src/common/l10n';
import { shown } from '../../../src/common/untrusted';
import type { ThreadPicture } from '../../../src/protocol/picture';
import type { Site } from '../../../src/protocol/probeEvents';
import type { RuleId } from '../../../src/protocol/rules';
import { andMore, siteText } from '../words/text';

/** A piece of a fact's text; with a target it is a link. */
export interface Part {
  text: string;
  site?: Site;
  /** Key of a thread to go to. */
  thread?: string;
  /** Rule whose page tells more. */
  rule?: RuleId;
}

export interface Fact {
  /** What it is about, whatever the language; facts of one list that are of a kind have the same. */
  id: string;
  /** Empty where the line above says it. */
  label: string;
  parts: readonly Part[];
  /** What a tooltip shows instead of the parts, for lack of room. */
  short?: string;
}

/** Lines of one list; a program can make any number of threads and calls. */
export const MOST_LISTED = 100;
const LONGEST_FUNCTION = 80;

export const fact = (id: string, label: string, ...parts: (Part | string)[]): Fact => ({
  id,
  label,
  parts: parts.map((part) => (typeof part === 'string' ? { text: part } : part)),
});

export const withShort = (long: Fact, short: string): Fact => ({ ...long, short });

/** The whole text, without its links. */
export const factText = ({ parts }: Fact): string => parts.map(({ text }) => text).join('');

export const shortText = (one: Fact): string => one.short ?? factText(one);

/** As a part of a line. */
export const labelledText = (one: Fact): string => (one.label ? `${one.label}: ${shortText(one)}` : shortText(one));

/** A fact for each; of very many for the first ones, and how many more there are. */
export function listed<T>(all: readonly T[], factOf: (one: T) => Fact): Fact[] {
  const facts = all.slice(0, MOST_LISTED).map(factOf);
  return all.length > MOST_LISTED ? [...facts, fact('more', '', andMore(all.length - MOST_LISTED))] : facts;
}

/** Where no heading says what a list is, its first line does. */
export function headed(label: string, [first, ...others]: readonly Fact[]): Fact[] {
  return first ? [first.label === '' ? { ...first, label } : first, ...others] : [];
}

export const siteLink = (site: Site): Part => ({ text: siteText(site), site });
export const threadLink = ({ label, key }: Pick<ThreadPicture, 'label' | 'key'>): Part => ({
  text: shown(label),
  thread: key,
});

/** “at main.js:41 in start”, with a link. */
export function siteParts(site: Site | undefined): (Part | string)[] {
  return site ? around(whereText(site), siteLink(site)) : [];
}

/** What happened, with where it did. */
export const withSite = (what: string, site: Site | undefined): (Part | string)[] =>
  site ? [`${what} `, ...siteParts(site)] : [what];

/** As {@link withSite}, but a sentence that names the place itself has the link there, so that it is not said twice. */
export function withSiteOnce(what: string, site: Site | undefined): (Part | string)[] {
  const start = site && startOf(siteText(site), what);
  if (site === undefined || start === undefined) return withSite(what, site);
  const link = siteLink(site);
  return [what.slice(0, start), link, what.slice(start + link.text.length)].filter((part) => part !== '');
}

/** Where a place is last named: `main.js:4` is named neither in `main.js:41` nor in `domain.js:4`. */
function startOf(siteName: string, what: string): number | undefined {
  let start = what.lastIndexOf(siteName);
  while (start >= 0) {
    const [before = '', after = ''] = [what[start - 1], what[start + siteName.length]];
    if (!/[\w.-]/.test(before) && !/\d/.test(after)) return start;
    start = start === 0 ? -1 : what.lastIndexOf(siteName, start - 1);
  }
  return undefined;
}

const whereText = ({ function: name }: Site): string =>
  name ? t('at {0} in {1}', LINK, shown(name, LONGEST_FUNCTION)) : t('at {0}', LINK);

/** Stands for the link in a sentence; no program can write it, as `shown` makes it visible. */
export const LINK = '\u0000';

/** A sentence that contains {@link LINK}, with the link in its place. */
export function around(text: string, link: Part): (Part | string)[] {
  const [before = '', after = ''] = text.split(LINK);
  return [before, link, after].filter((part) => part !== '');
}
