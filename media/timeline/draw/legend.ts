// The legend: the vocabulary's table as pictures. Closed, it shows the three signs that matter most.
import { select } from 'd3-selection';
import type { EndedBy } from '../../../src/protocol/picture';
import { readPalette, watchTheme } from '../paint/palette';
import { paintSample, SAMPLE, type Sign } from '../paint/sample';
import { createSurface, watchScale, type Surface } from '../paint/surface';
import { BARS, ENDINGS, MARKS, type BarStyle, type MarkKind, type Word } from '../vocabulary';

type Samples = { surface: Surface; sign: Sign }[];

export function createLegend(parent: HTMLElement): void {
  const details = select(parent).append('details').attr('class', 'legend');
  const summary = details.append('summary').attr('title', 'Legend').node()!;
  const samples: Samples = [];
  const add = (to: HTMLElement, word: Word, sign: Sign, label = word.label): void => {
    const item = select(to).append('span').attr('class', 'item').attr('title', word.explanation).node()!;
    samples.push({ surface: createSurface(item, 'sample'), sign });
    select(item).append('span').text(label);
  };
  add(summary, BARS['keeps-alive'], { kind: 'bar', style: 'keeps-alive' }, 'keeps alive');
  add(summary, BARS.daemon, { kind: 'bar', style: 'daemon' });
  add(summary, ENDINGS['main-exit'], { kind: 'ending', by: 'main-exit' });
  const all = details.append('div').attr('class', 'all').node()!;
  for (const style of Object.keys(BARS) as BarStyle[]) add(all, BARS[style], { kind: 'bar', style });
  for (const mark of Object.keys(MARKS) as MarkKind[]) add(all, MARKS[mark], { kind: 'mark', mark });
  for (const by of Object.keys(ENDINGS) as EndedBy[]) add(all, ENDINGS[by], { kind: 'ending', by });
  keepPainted(details.node()!, samples);
}

/** The theme's colours are there only once the page is; all are painted then, and at each change. */
function keepPainted(element: HTMLElement, samples: Samples): void {
  let asked = false;
  const paint = (): void => {
    if (asked) return;
    asked = true;
    requestAnimationFrame(() => {
      asked = false;
      const palette = readPalette(element);
      for (const { surface, sign } of samples)
        paintSample(surface.begin({ left: 0, top: 0, ...SAMPLE }), palette, sign);
    });
  };
  watchTheme(paint);
  watchScale(paint);
  paint();
}
