// What is shown beside or instead of the lanes: the details of the selected thread and, unseen, updates to be read out.
import { t } from '../../../src/common/l10n';
import type { Measured } from '../../../src/protocol/tracks';
import type { Lane, Run } from '../data/run';
import { createDetails, type DetailsActions } from '../draw/panes/details';
import { createLiveRegion } from '../draw/panes/liveRegion';
import { createSplit } from '../draw/panes/split';
import type { PoolRow } from '../rows/rows';
import { type Details, detailsOf } from '../stories/details';
import { comparedDetails } from '../stories/detailsCompared';
import { poolDetails } from '../stories/detailsPool';
import { rangeSections, rangeTitle } from '../stories/detailsRange';
import type { Moments, TimeWindow } from '../time/scales';

export interface PaneContent {
  session: string;
  run: Run;
  chosen: Lane | PoolRow | undefined;
  compared: Lane | PoolRow | undefined;
  range: TimeWindow | undefined;
  /** What threads did in the range; undefined until it is answered. */
  measured: Measured | undefined;
  moments: Moments;
}

export interface Panes {
  draw(content: PaneContent): void;
  focusDetails(): void;
}

/** µs; numbers that grow are updated only this often. */
const STEP = 100_000;

/** `body` holds the lanes; `moved` is called when the room for them has changed. */
export function createPanes(body: HTMLElement, actions: DetailsActions, moved: () => void): Panes {
  const pane = createDetails(body, actions);
  const split = createSplit(body, pane.element, moved);
  const tellNews = createLiveRegion(body);
  let drawn: { content: PaneContent; step: number } | undefined;
  return {
    draw(content) {
      const { session, run, moments } = content;
      const step = Math.floor(moments.now / STEP);
      if (drawn && isSame(drawn.content, content) && (drawn.step === step || !run.live)) return;
      if (drawn?.content.run !== run) tellNews(run, `${session} ${run.index}`);
      drawn = { content, step };
      const details = contentOf(content);
      pane.draw(details);
      split.open(details !== undefined);
    },
    focusDetails: () => pane.focus(),
  };
}

const isSame = (a: PaneContent, b: PaneContent): boolean =>
  a.run === b.run &&
  a.chosen === b.chosen &&
  a.compared === b.compared &&
  a.range === b.range &&
  a.moments.perPixel === b.moments.perPixel &&
  a.measured === b.measured;

/** The details of what is selected, below those of the range; undefined: nothing to show. */
function contentOf({ run, chosen, compared, range, measured, moments }: PaneContent): Details | undefined {
  const tell = (what: Lane | PoolRow): Details =>
    'pool' in what && 'lanes' in what ? poolDetails(what, moments) : detailsOf(what, run, moments);
  const one = chosen && tell(chosen);
  const both = one && compared ? comparedDetails(one, tell(compared)) : one;
  if (!range) return both;
  const sections = rangeSections(range, run.lanes, moments, measured);
  if (both) return { ...both, sections: [...sections, ...both.sections] };
  return { key: 'range', title: t('Range'), subtitle: rangeTitle(range, moments.perPixel), sections };
}
