// The legend: the vocabulary's table as pictures. Closed, it shows the three signs that matter most. Open, its entries
// filter: an entry that is turned off takes its lanes, or its stretches of time, out of sight; and each tells how many
// threads have it.
import { t } from '../../../../src/common/l10n';
import type { EndedBy } from '../../../../src/protocol/picture';
import { TRACK_STATES } from '../../../../src/protocol/tracks';
import { select, type Selection } from 'd3-selection';
import type { Sign } from '../../look/view';
import { paintSample, SAMPLE, type Sample } from '../../paint/sample';
import { createSurface, type Surface } from '../../paint/surface';
import type { Palette } from '../../paint/theme/palette';
import {
  type ArrowKind,
  ARROWS,
  BARS,
  type BarStyle,
  ENDINGS,
  LIVE,
  type MarkKind,
  MARKS,
  STATES,
  type Word,
} from '../../words/vocabulary';
import { writeText } from '../writeText';

export interface LegendActions {
  show(sign: Sign, shown: boolean): void;
  /** Only this one of its group; once more, and all are on again. */
  solo(sign: Sign, among: readonly Sign[]): void;
}

export interface LegendContent {
  palette: Palette;
  off: readonly Sign[];
  /** How many threads have each sign. */
  counts: ReadonlyMap<Sign, number>;
}

interface Entry {
  word: Word;
  sample: Sample | undefined;
  /** Undefined: it filters nothing. */
  sign: Sign | undefined;
}

const GROUPS: { title: string; entries: Entry[] }[] = [
  {
    title: t('The process'),
    entries: (Object.keys(BARS) as BarStyle[]).map((style) => ({
      word: BARS[style],
      sample: { kind: 'bar', style },
      sign: style === 'starting' ? undefined : `bar:${style}`,
    })),
  },
  {
    title: t('What it does'),
    entries: TRACK_STATES.filter((state) => !['none', 'starting'].includes(state)).map((state) => ({
      word: STATES[state],
      sample: { kind: 'state', state },
      sign: `state:${state}`,
    })),
  },
  {
    title: t('Calls'),
    entries: (Object.keys(MARKS) as MarkKind[]).map((mark) => ({
      word: MARKS[mark],
      sample: { kind: 'mark', mark },
      sign: undefined,
    })),
  },
  {
    title: t('For the selected thread'),
    entries: (Object.keys(ARROWS) as ArrowKind[]).map((arrow) => ({
      word: ARROWS[arrow],
      sample: { kind: 'arrow', arrow },
      sign: undefined,
    })),
  },
  {
    title: t('Ends'),
    entries: [
      { word: LIVE, sample: undefined, sign: 'ending:none' },
      ...(Object.keys(ENDINGS) as EndedBy[]).map((by): Entry => ({
        word: ENDINGS[by],
        sample: { kind: 'ending', by },
        sign: `ending:${by}`,
      })),
    ],
  },
];

export function createLegend(parent: HTMLElement, actions: LegendActions): (content: LegendContent) => void {
  const details = select(parent).append('details').attr('class', 'legend');
  const summary = details.append('summary').attr('title', t('Legend and filter')).node()!;
  const samples: { surface: Surface; sample: Sample }[] = [];
  const paintOn = (element: HTMLElement, sample: Sample | undefined): void => {
    if (sample) samples.push({ surface: createSurface(element, 'sample'), sample });
    else select(element).append('span').attr('class', 'sample none');
  };
  const sign = (word: Word, sample: Sample, label = word.label): void => {
    const item = select(summary).append('span').attr('class', 'item').attr('title', word.explanation).node()!;
    paintOn(item, sample);
    select(item).append('span').text(label);
  };
  sign(BARS['keeps-alive'], { kind: 'bar', style: 'keeps-alive' }, t('keeps alive'));
  sign(BARS.daemon, { kind: 'bar', style: 'daemon' });
  sign(ENDINGS['main-exit'], { kind: 'ending', by: 'main-exit' });
  const all = details.append('div').attr('class', 'all');
  for (const group of GROUPS) addGroup(all, group, paintOn, actions);
  let counted: Pick<LegendContent, 'off' | 'counts'> | undefined;
  let painted: { palette: Palette; scale: number } | undefined;
  return ({ palette, off, counts }) => {
    if (painted?.palette !== palette || painted.scale !== devicePixelRatio) {
      painted = { palette, scale: devicePixelRatio };
      for (const { surface, sample } of samples)
        paintSample(surface.begin({ left: 0, top: 0, ...SAMPLE }), palette, sample);
    }
    if (counted?.off === off && counted.counts === counts) return;
    counted = { off, counts };
    all.selectAll<HTMLButtonElement, Entry>('button').each(function ({ sign: own }) {
      select(this).attr('aria-pressed', String(!off.includes(own!)));
      const count = counts.get(own!);
      writeText(this.querySelector('.count')!, count === undefined ? '' : String(count));
    });
  };
}

function addGroup(
  parent: Selection<HTMLDivElement, unknown, null, undefined>,
  { title, entries }: (typeof GROUPS)[number],
  paintOn: (element: HTMLElement, sample: Sample | undefined) => void,
  actions: LegendActions,
): void {
  const box = parent.append('div').attr('class', 'group').attr('role', 'group').attr('aria-label', title);
  box.append('div').attr('class', 'group-title').attr('aria-hidden', 'true').text(title);
  const among = entries.flatMap(({ sign }) => sign ?? []);
  for (const entry of entries) {
    const { word, sample, sign } = entry;
    const item = box
      .append(sign ? 'button' : 'span')
      .datum(entry)
      .attr('class', 'item')
      .attr(
        'title',
        sign ? `${word.explanation}\n${t('Click: show or hide. Alt+click: show only this.')}` : word.explanation,
      );
    paintOn(item.node() as HTMLElement, sample);
    item.append('span').text(word.label);
    if (!sign) continue;
    item.append('span').attr('class', 'count');
    item.attr('type', 'button').on('click', function (event: MouseEvent) {
      if (event.altKey) actions.solo(sign, among);
      else actions.show(sign, select(this as Element).attr('aria-pressed') === 'false');
    });
  }
}
