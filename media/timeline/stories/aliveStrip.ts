// What the strip above the lanes says: who kept a process alive over time and, while main has nothing to do, because of
// whom it still lives. Pure.
import { counted, decimal, t } from '../../../src/common/l10n';
import { shown } from '../../../src/common/untrusted';
import type { Alive, Holder, HoldSpan, ProcessPicture } from '../../../src/protocol/picture';
import type { Site } from '../../../src/protocol/probeEvents';
import type { Run } from '../data/run';
import { PX_PER_LETTER } from '../scene/geometry';
import type { ExitLine, Scene } from '../scene/types';
import { type Moments, timeScale } from '../time/scales';
import { andMore, capitalized, duration, momentOf, placed, siteText, threads } from '../words/text';
import { fact, type Fact } from './facts';
import { processTitle } from './labels';
import type { Story } from './story';

export interface HoldBandSpan {
  x: number;
  width: number;
  /** Empty where there is no room. */
  text: string;
  /** Undefined: main alone, with its own work. */
  hold: HoldSpan | undefined;
  /** Spans so short that one stands for them all. */
  several: number;
}

export interface HoldBand {
  process: ProcessPicture;
  spans: HoldBandSpan[];
}

/** Why a process whose main is done, or stands still, is still alive: words, some of which link to a line. */
export interface Because {
  process: string;
  /** Changes with time; what follows does not. */
  since: string;
  words: { text: string; at?: Site }[];
  stuck: boolean;
  story: Story;
}

export interface AliveStrip {
  bands: HoldBand[];
  becauses: Because[];
  exits: ExitLine[];
}

/** With more processes than this a strip would take the room of the lanes. */
const MOST_BANDS = 3;
const HOLDERS_NAMED = 2;
const MOST_HOLDERS = 12;
const LONGEST_HOLDER = 60;
const SPAN_PADDING_PX = 10;
const SHORTEST_SPAN_PX = 1;
const MAIN_ALONE = t('main alone');
export const STUCK_TEXT = t('Nothing visible can wake it');

export function aliveStrip(run: Run, { window, geometry, exits, isSeveral }: Scene, now: number): AliveStrip {
  const held = run.processes.filter((process) => process.holds.length > 0);
  const x = timeScale(window, geometry.area.width);
  const xAt = (t: number): number => x(t - run.origin);
  // What lives is looked at first.
  const chosen = held.length > MOST_BANDS ? [...held].sort((a, b) => Number(a.over) - Number(b.over)) : held;
  return {
    bands: chosen.slice(0, MOST_BANDS).map((process) => ({
      process,
      spans: spansOf(process, xAt, geometry.area.width, run.live ? now : run.origin + run.knownLength),
    })),
    becauses: run.live ? becauses(run, now) : [],
    exits: isSeveral ? [] : exits,
  };
}

function spansOf(process: ProcessPicture, xAt: (t: number) => number, width: number, now: number): HoldBandSpan[] {
  const spans: HoldBandSpan[] = [];
  const end = process.exit?.t ?? now;
  for (const { from, to, hold } of heldThroughout(process, end)) {
    const left = Math.max(xAt(from), 0);
    const right = Math.min(xAt(to), width);
    if (right < left || (right === left && (right === 0 || right === width))) continue;
    const before = spans.at(-1);
    const short = right - left < SHORTEST_SPAN_PX;
    const isSame = before && (before.hold || !hold);
    if (isSame && short && left - (before.x + before.width) < SHORTEST_SPAN_PX) {
      before.width = Math.max(right - before.x, before.width);
      if (hold) before.several += 1;
    } else if (hold || !short) {
      const span = { x: left, width: Math.max(right - left, SHORTEST_SPAN_PX), hold, several: hold ? 1 : 0, text: '' };
      spans.push(span);
    }
  }
  for (const span of spans) span.text = textWithin(span.hold, span.width - SPAN_PADDING_PX);
  return spans;
}

/** From the start of the process to its end: where nobody else holds it, main does. */
function* heldThroughout(
  { startedAt, holds }: ProcessPicture,
  end: number,
): Iterable<{ from: number; to: number; hold: HoldSpan | undefined }> {
  let last = startedAt;
  for (const hold of holds) {
    if (hold.from > last) yield { from: last, to: hold.from, hold: undefined };
    last = hold.to ?? end;
    yield { from: hold.from, to: last, hold };
  }
  if (end > last) yield { from: last, to: end, hold: undefined };
}

const names = ({ by }: HoldSpan): string => by.map((name) => shown(name, 40)).join(', ');

/** The names and the number of threads; the number alone; or nothing. */
function textWithin(hold: HoldSpan | undefined, width: number): string {
  if (!hold) return [MAIN_ALONE, 'main'].find((text) => text.length * PX_PER_LETTER <= width) ?? '';
  const all = threads(hold.count);
  const whole = hold.count > hold.by.length ? `${names(hold)} (${all})` : names(hold);
  return [whole, names(hold), all, String(hold.count)].find((text) => text.length * PX_PER_LETTER <= width) ?? '';
}

export function spanStory({ hold, several }: HoldBandSpan, process: ProcessPicture, moments: Moments): Story {
  if (!hold)
    return { title: capitalized(MAIN_ALONE), subtitle: t('No other thread kept the process alive.'), facts: [] };
  const end = hold.to ?? process.exit?.t ?? moments.now;
  const open = hold.to === undefined && !process.exit && !process.over;
  const facts = [
    fact('by', t('By'), names(hold)),
    fact('from', t('From'), momentOf(hold.from, moments)),
    fact('to', t('To'), open ? t('now') : momentOf(end, moments)),
    fact('for', t('For'), duration(end - hold.from)),
  ];
  if (several > 1) facts.push(fact('here', t('Here'), closeChanges(several)));
  return {
    title: counted(hold.count, 'Kept alive by {0} thread', 'Kept alive by {0} threads'),
    subtitle: t('Apart from main’s own work, these kept the process alive.'),
    facts,
  };
}

const closeChanges = (n: number): string =>
  counted(n, '{0} change close together; zoom in to see each', '{0} changes close together; zoom in to see each');

/** The whole band in words, for a screen reader. */
export function bandLabel({ process, spans }: HoldBand, several: boolean): string {
  const holders = [...new Set(spans.map(({ hold }) => (hold ? names(hold) : MAIN_ALONE)))].slice(-MOST_HOLDERS);
  const who = holders.length > 0 ? holders.reduce((before, then) => t('{0}; then {1}', before, then)) : MAIN_ALONE;
  return several ? t('{0} was kept alive by {1}', processTitle(process), who) : t('Kept alive by {0}', who);
}

function becauses({ processes }: Run, now: number): Because[] {
  const waiting = processes.filter(({ alive, over }) => !over && (alive?.main ?? alive?.waitingSince) !== undefined);
  return waiting.slice(0, MOST_BANDS).map((process) => becauseOf(process, process.alive!, now, processes.length > 1));
}

function becauseOf(process: ProcessPicture, alive: Alive, now: number, several: boolean): Because {
  const { holders, more, stuck, main } = alive;
  if (main) return standingOf(process, alive, main, seconds(now - main.since), several);
  const named = holders.slice(0, HOLDERS_NAMED);
  const unnamed = holders.length - named.length + more;
  const words: Because['words'] = named.map(({ what, at }) => ({
    text: placed(shown(what, LONGEST_HOLDER), at),
    ...(at ? { at } : {}),
  }));
  if (unnamed > 0) words.push({ text: unnamedText(unnamed, named.length > 0) });
  if (words.length === 0) words.push({ text: t('something unseen') });
  const done = seconds(now - alive.waitingSince!);
  const since = several
    ? t('{0}: main has been done for {1}; alive because of', processTitle(process), done)
    : t('Main has been done for {0}; alive because of', done);
  return { process: process.key, since: `${since} `, words, stuck, story: aliveStory(alive) };
}

function standingOf(
  process: ProcessPicture,
  { stuck, holders }: Alive,
  { call, at }: NonNullable<Alive['main']>,
  time: string,
  several: boolean,
): Because {
  const since =
    call === undefined
      ? t('Main’s event loop has not turned for {0}', time)
      : t('Main has been waiting for {0} in', time);
  const words = call === undefined ? [] : [{ text: at ? `${call} (${siteText(at)})` : call, ...(at ? { at } : {}) }];
  const story = {
    title: t('Main stands still'),
    subtitle: stuck ? `${STUCK_TEXT}.` : MAIN_STILL,
    facts: holders.slice(0, MOST_HOLDERS).map(holderFact),
    isList: true as const,
  };
  return {
    process: process.key,
    since: `${several ? `${processTitle(process)}: ` : ''}${since} `,
    words,
    stuck,
    story,
  };
}
const MAIN_STILL = t('Meanwhile main receives no messages and runs no timers.');

const unnamedText = (n: number, isMore: boolean): string =>
  isMore ? t('{0} more', n) : counted(n, '{0} holder', '{0} holders');

/** Rounded, so that it can be read while it changes. */
function seconds(micros: number): string {
  const value = Math.max(micros, 0) / 1e6;
  return value < 10 ? t('{0} s', decimal(value, 1)) : duration(Math.floor(value) * 1e6);
}

function aliveStory({ holders, more, stuck }: Alive): Story {
  const facts = holders.slice(0, MOST_HOLDERS).map(holderFact);
  const untold = holders.length - facts.length + more;
  if (untold > 0) facts.push(fact('more', '', andMore(untold)));
  const subtitle = stuck ? `${STUCK_TEXT}.` : t('Main has nothing left to do and is waiting.');
  return { title: t('Alive because of'), subtitle, facts, isList: true };
}

function holderFact({ what, at, because }: Holder): Fact {
  const why = because.slice(0, 3).map((phrase) => shown(phrase, LONGEST_HOLDER));
  const text = `${shown(what, LONGEST_HOLDER)}${why.length > 0 ? `: ${why.join(', ')}` : ''}`;
  return fact('holder', at ? siteText(at) : '–', text);
}
