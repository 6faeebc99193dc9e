// The tooltip. Its text is the program's own in part, so it is set as text and never as markup.
import { select } from 'd3-selection';
import { type Fact, shortText } from '../../stories/facts';
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
  const title = box.append('div').attr('class', 'title').append('bdi');
  const subtitle = box.append('div').attr('class', 'subtitle');
  const facts = box.append('dl');
  return {
    show(story, x, y) {
      title.text(story.title);
      subtitle.text(story.subtitle);
      const rows = facts.selectAll<HTMLDivElement, Fact>('div').data(story.facts);
      const row = rows.join((enter) => {
        const added = enter.append('div');
        added.append('dt');
        added.append('dd');
        return added;
      });
      row.select('dt').text(({ label }) => label);
      row.select('dd').text(shortText);
      box.attr('hidden', null);
      place(box.node()!, x, y);
    },
    hide() {
      const wasShown = box.attr('hidden') === null;
      box.attr('hidden', '');
      return wasShown;
    },
  };
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
