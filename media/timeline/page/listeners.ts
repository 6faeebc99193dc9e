// What the pointer and the keys do on the parts of the page.
import type { TimelineContext } from '../input/context';
import { type KeyTargets, listenToKeys, listenToPointer } from '../input/gestures';
import { listenToClicks } from '../input/hover';
import { listenToRanges } from '../input/ranges';
import type { RowActions } from '../input/rowActions';
import { createRowMenu } from '../input/rowMenu';

export interface Listened {
  page: HTMLElement;
  /** Holds the lanes and what is shown beside them. */
  body: HTMLElement;
  /** Holds all that is drawn over time. */
  area: HTMLElement;
  scroller: HTMLElement;
  context: TimelineContext;
  rowActions: RowActions;
}

/** Returns what is to be called after each picture, so that the next gesture begins where the view is. */
export function listenToAll({ page, body, area, scroller, context, rowActions }: Listened): () => void {
  listenToClicks(body, scroller, context, (rowKey) => rowActions.choose(rowKey));
  scroller.addEventListener('scroll', () => {
    context.parts().hideTooltip();
    context.store.dispatch({ kind: 'scroll', top: scroller.scrollTop });
    context.redraw();
  });
  const openMenu = createRowMenu({ page, scroller, context, rowActions });
  listenToRanges(area.querySelector<HTMLElement>('.axis')!, scroller, context);
  const syncZoom = listenToPointer(area, scroller, context);
  const targets: KeyTargets = { context, rowActions, openMenu };
  listenToKeys(page.ownerDocument.body, targets);
  return syncZoom;
}
