// Says what happens to those who do not see it: one polite message at a time, and never more often than every so often.
import { t } from '../../../../src/common/l10n';
import { select } from 'd3-selection';
import type { Run } from '../../data/run';
import { allAnnounced, type Announced, newsSince } from '../../stories/announce';
import { writeText } from '../writeText';

/** A listener must be able to follow. */
const LEAST_BETWEEN_MS = 2000;

export function createLiveRegion(parent: HTMLElement): (run: Run, subject: string) => void {
  const region = select(parent)
    .append('div')
    .attr('class', 'said')
    .attr('role', 'status')
    .attr('aria-label', t('Updates'));
  let subject: string | undefined;
  let announced: Announced | undefined;
  let latest: Run | undefined;
  let timer: number | undefined;
  const announce = (): void => {
    timer = undefined;
    if (!announced || !latest) return;
    const news = newsSince(announced, latest);
    announced = allAnnounced(latest);
    if (news === '') return;
    writeText(region.node()!, news);
    timer = setTimeout(announce, LEAST_BETWEEN_MS);
  };
  return (run, of) => {
    if (subject !== of) announced = allAnnounced(run);
    subject = of;
    latest = run;
    timer ??= setTimeout(announce, 0);
  };
}
