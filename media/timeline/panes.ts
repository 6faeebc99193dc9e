// What stands beside or instead of the lanes: the details of the chosen thread and, unseen, the news that are read out.
import { detailsOf, type Moments } from './details';
import { createDetails, type DetailsActions } from './draw/details';
import { createLiveRegion } from './draw/liveRegion';
import { createSplit } from './draw/split';
import type { Lane, Run } from './run';

export interface PaneContent {
  session: string;
  run: Run;
  chosen: Lane | undefined;
  moments: Moments;
}

export interface Panes {
  draw(content: PaneContent): void;
  focusDetails(): void;
}

/** µs; numbers that grow are written anew only so often. */
const STEP = 100_000;

/** `body` holds the lanes; `moved` is called when the room for them has changed. */
export function createPanes(body: HTMLElement, actions: DetailsActions, moved: () => void): Panes {
  const pane = createDetails(body, actions);
  const split = createSplit(body, pane.element, moved);
  const tellNews = createLiveRegion(body);
  let drawn: { run: Run; chosen: Lane | undefined; step: number } | undefined;
  return {
    draw({ session, run, chosen, moments }) {
      const step = Math.floor(moments.now / STEP);
      if (drawn?.run === run && drawn.chosen === chosen && (drawn.step === step || !run.live)) return;
      if (drawn?.run !== run) tellNews(run, `${session} ${run.index}`);
      drawn = { run, chosen, step };
      pane.draw(chosen && detailsOf(chosen, run, moments));
      split.open(chosen !== undefined);
    },
    focusDetails: () => pane.focus(),
  };
}
