// The tooltip: two lines, so that it covers little; the details tell all. Only where nothing else tells it is there a list.
// Its text is the program's own in part, so it is set as text and never as markup.
import { select, type Selection } from 'd3-selection';
import { type Fact, labelledText, shortText } from '../../stories/facts';
import type { Story } from '../../stories/story';

export interface Tooltip {
  /** Beside a point of the page, inside of the page. */
  show(story: Story, x: number, y: number): void;
  /** Returns whether it was shown. */
  hide(): boolean;
}

const AWAY_PX = 14;
const MARGIN_PX = 4;

export function createTooltip(parent: HTMLElement): Tooltip {
  const box = select(parent).append('div').attr('class', 'tooltip').attr('role', 'tooltip').attr('hidden', '');
  const head = box.append('div').attr('class', 'line');
  const title = head.append('bdi').attr('class', 'title');
  const subtitle = head.append('span').attr('class', 'subtitle');
  const brief = box.append('div').attr('class', 'line brief');
  const list = box.append('dl');
  return {
    show({ title: name, subtitle: below, facts: all, brief: main = all, isList = false }, x, y) {
      title.text(name);
      subtitle.text(below);
      brief.attr('hidden', isList || main.length === 0 ? '' : null).text(main.map(labelledText).join(' · '));
      drawList(list, isList ? all : []);
      box.classed('listed', isList).attr('hidden', null);
      place(box.node()!, x, y);
    },
    hide() {
      const wasShown = box.attr('hidden') === null;
      box.attr('hidden', '');
      return wasShown;
    },
  };
}

function drawList(list: Selection<HTMLDListElement, unknown, null, undefined>, facts: readonly Fact[]): void {
  list.attr('hidden', facts.length > 0 ? null : '');
  const row = list
    .selectAll<HTMLDivElement, Fact>('div')
    .data(facts)
    .join((enter) => {
      const added = enter.append('div');
      added.append('dt');
      added.append('dd');
      return added;
    });
  row.select('dt').text(({ label }) => label);
  row.select('dd').text(shortText);
}

function place(box: HTMLElement, x: number, y: number): void {
  const { offsetWidth: width, offsetHeight: height } = box;
  const { clientWidth, clientHeight } = document.documentElement;
  const right = x + AWAY_PX + width + MARGIN_PX <= clientWidth;
  const below = y + AWAY_PX + height + MARGIN_PX <= clientHeight;
  const left = right ? x + AWAY_PX : x - AWAY_PX - width;
  const top = below ? y + AWAY_PX : y - AWAY_PX - height;
  box.style.left = `${Math.max(MARGIN_PX, Math.min(left, clientWidth - width - MARGIN_PX))}px`;
  box.style.top = `${Math.max(MARGIN_PX, Math.min(top, clientHeight - height - MARGIN_PX))}px`;
}
