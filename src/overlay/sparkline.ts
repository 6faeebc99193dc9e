// The lifelines of a few threads in little, as an image for a hover. Pure.
import type { ProcessPicture, Snapshot, ThreadPicture } from '../protocol/picture';
import { threadMark, type ThreadMark } from './words';

const WIDTH = 160;
const HEIGHT = 12;
const BAR = 6;
const CAP = 3;

/** They stand on dark and on light ground. */
const COLORS: Record<ThreadMark, string> = {
  alive: '#3794ff',
  daemon: '#b89500',
  ended: '#388a34',
  killed: '#d18616',
  'cut-off': '#e51400',
  failed: '#e51400',
  unknown: '#8a8a8a',
};

/** From the start of its process to its end, or to now: whole while the thread kept the process alive, else hatched. */
export function sparkline(thread: ThreadPicture, process: ProcessPicture, { now }: Pick<Snapshot, 'now'>): string {
  const from = process.startedAt;
  const to = Math.max(process.exit?.t ?? now, thread.ended?.t ?? 0, from + 1);
  const x = (moment: number): number =>
    Math.round((Math.min(Math.max((moment - from) / (to - from), 0), 1) * (WIDTH - 2 * CAP) + CAP) * 10) / 10;
  const end = thread.ended?.t ?? to;
  const top = (HEIGHT - BAR) / 2;
  const stretches = stretchesOf(thread, end).map(({ since, until, mark }) => {
    const fill = mark === 'daemon' ? 'url(#d)' : COLORS[mark];
    return `<rect x="${x(since)}" y="${top}" width="${Math.max(x(until) - x(since), 1)}" height="${BAR}" fill="${fill}"/>`;
  });
  const cap = thread.ended
    ? `<circle cx="${x(end)}" cy="${HEIGHT / 2}" r="${CAP}" fill="${COLORS[threadMark(thread)]}"/>`
    : '';
  const hatch = `<pattern id="d" width="4" height="4" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="2" height="4" fill="${COLORS.daemon}"/></pattern>`;
  const line = `<line x1="0" x2="${WIDTH}" y1="${HEIGHT / 2}" y2="${HEIGHT / 2}" stroke="${COLORS.unknown}" stroke-opacity="0.4"/>`;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}"><defs>${hatch}</defs>${line}${stretches.join('')}${cap}</svg>`;
}

function stretchesOf({ startedAt, keepsAlive }: ThreadPicture, end: number) {
  if (keepsAlive.length === 0) return [{ since: startedAt, until: end, mark: 'unknown' as const }];
  const steps = keepsAlive.flatMap(({ t, value, run }) => [
    ...(run ? [{ t: run.since, mark: 'alive' as const }] : []), // now and again
    { t, mark: value === undefined ? ('unknown' as const) : value ? ('alive' as const) : ('daemon' as const) },
  ]);
  return steps.map(({ t, mark }, i) => ({
    since: i === 0 ? startedAt : t,
    until: Math.min(steps[i + 1]?.t ?? end, end),
    mark,
  }));
}
