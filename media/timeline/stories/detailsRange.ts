// What happened in a chosen stretch of time, for the pane beside the lanes. Pure.
import { counted, t } from '../../../src/common/l10n';
import type { Measured } from '../../../src/protocol/tracks';
import { TRACK_STATES } from '../../../src/protocol/tracks';
import type { Lane } from '../data/run';
import type { Moments, TimeWindow } from '../time/scales';
import { duration, moment, percent } from '../words/text';
import { ENDINGS, STATES } from '../words/vocabulary';
import type { Section } from './details';
import { fact, type Fact, listed, threadLink } from './facts';

export const rangeTitle = ({ start, end }: TimeWindow, perPixel?: number): string =>
  t('{0} to {1}', moment(start, perPixel), moment(end, perPixel));

/**
 * @param range µs since the run began
 * @param measured of this range and of `lanes`; undefined until it is known
 * @param lanes those that are shown
 */
export function rangeSections(
  range: TimeWindow,
  lanes: readonly Lane[],
  { origin, perPixel }: Omit<Moments, 'now'>,
  measured: Measured | undefined,
): Section[] {
  const within = (t: number | undefined): boolean =>
    t !== undefined && t - origin >= range.start && t - origin <= range.end;
  const lived = lanes.filter(
    ({ thread, ended }) =>
      thread.startedAt - origin <= range.end && (ended === undefined || ended.t - origin >= range.start),
  );
  const born = lanes.filter(({ thread }) => within(thread.startedAt));
  const died = lanes.filter(({ ended }) => within(ended?.t));
  return [
    {
      id: 'range',
      heading: t('Range of {0}', duration(range.end - range.start)),
      facts: [
        fact('time', t('Time'), rangeTitle(range, perPixel)),
        fact(
          'threads',
          t('Threads'),
          counted(
            lived.length,
            '{0} thread alive, {1} started, {2} ended',
            '{0} threads alive, {1} started, {2} ended',
            born.length,
            died.length,
          ),
        ),
        ...listed(born, ({ thread }) => fact('began', t('began'), threadLink(thread))),
        ...listed(died, ({ thread, ended }) => fact('ended', ENDINGS[ended!.by].label, threadLink(thread))),
      ],
    },
    ...(measured ? measuredSections(measured) : []),
  ];
}

/** Time of all threads together, gravest state first. */
function measuredSections({ threads }: Measured): Section[] {
  const times = TRACK_STATES.map((_, state) => threads.reduce((sum, thread) => sum + (thread.times[state] ?? 0), 0));
  const all = times.reduce((sum, time) => sum + time, 0) - (times[0] ?? 0);
  const facts = TRACK_STATES.flatMap((state, i): Fact[] => {
    const time = times[i] ?? 0;
    if (state === 'none' || time <= 0) return [];
    return [fact(`state ${state}`, STATES[state].label, `${duration(time)}, ${percent(time / all, 1)}`)];
  }).reverse();
  const posted = threads.reduce((sum, thread) => sum + thread.posted, 0);
  const received = threads.reduce((sum, thread) => sum + thread.received, 0);
  return [
    { id: 'range-states', heading: t('Thread time by state'), facts },
    {
      id: 'range-messages',
      heading: t('Messages between threads'),
      facts: [fact('posted', t('Posted'), String(posted)), fact('received', t('Received'), String(received))],
    },
  ].filter((section) => section.facts.length > 0);
}
