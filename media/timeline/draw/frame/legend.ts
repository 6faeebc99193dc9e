// The legend of a run: of the vocabulary's table, as pictures, what occurs in it. Closed, it is one line. Open, its entries
// filter: an entry that is turned off takes its lanes, or its stretches of time, out of sight; and each tells how many
// threads have it.
import { decimal, t } from '../../../../src/common/l10n';
import type { EndedBy } from '../../../../src/protocol/picture';
import type { AsyncTaskEnding } from '../../../../src/protocol/probeEvents';
import { TRACK_STATES } from '../../../../src/protocol/tracks';
import { select, type Selection } from 'd3-selection';
import type { Sign } from '../../look/view';
import type { Costs, Entry } from '../../rows/occurring';
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
  TASK,
  TASK_ENDS,
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
  occurring: ReadonlySet<Entry>;
  costs: Costs;
}

interface Item {
  /** What it stands for. */
  entry: Entry;
  word: Word;
  sample: Sample | undefined;
  /** Undefined: it filters nothing. */
  sign: Sign | undefined;
}

const GROUPS: { title: string; items: Item[] }[] = [
  {
    title: t('The process'),
    items: (Object.keys(BARS) as BarStyle[]).map((style) => ({
      entry: `bar:${style}`,
      word: BARS[style],
      sample: { kind: 'bar', style },
      sign: style === 'starting' ? undefined : `bar:${style}`,
    })),
  },
  {
    title: t('What it does'),
    items: TRACK_STATES.filter((state) => !['none', 'starting'].includes(state)).map((state) => ({
      entry: `state:${state}`,
      word: STATES[state],
      sample: { kind: 'state', state },
      sign: `state:${state}`,
    })),
  },
  {
    title: t('Calls'),
    items: (Object.keys(MARKS) as MarkKind[]).map((mark) => ({
      entry: `mark:${mark}`,
      word: MARKS[mark],
      sample: { kind: 'mark', mark },
      sign: undefined,
    })),
  },
  {
    title: t('For the selected thread'),
    items: (Object.keys(ARROWS) as ArrowKind[]).map((arrow) => ({
      entry: `arrow:${arrow}`,
      word: ARROWS[arrow],
      sample: { kind: 'arrow', arrow },
      sign: undefined,
    })),
  },
  {
    title: t('Tasks of event loops'),
    items: [
      { entry: 'task', word: TASK, sample: { kind: 'task' }, sign: undefined },
      ...(Object.keys(TASK_ENDS) as AsyncTaskEnding[]).map((end): Item => ({
        entry: `task:${end}`,
        word: TASK_ENDS[end],
        sample: { kind: 'task', end },
        sign: undefined,
      })),
    ],
  },
  {
    title: t('Ends'),
    items: [
      { entry: 'ending:none', word: LIVE, sample: undefined, sign: 'ending:none' },
      ...(Object.keys(ENDINGS) as EndedBy[]).map((by): Item => ({
        entry: `ending:${by}`,
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
  for (const { items } of GROUPS) {
    for (const item of items.filter(({ sample }) => sample)) {
      const element = select(summary).append('span').datum(item).attr('class', 'item').attr('hidden', '');
      element.attr('title', item.word.explanation);
      paintOn(element.node()!, item.sample);
      element.append('span').text(item.word.label);
    }
  }
  const all = details.append('div').attr('class', 'all');
  for (const group of GROUPS) addGroup(all, group, paintOn, actions);
  let counted: Pick<LegendContent, 'off' | 'counts'> | undefined;
  let shown: ReadonlySet<Entry> | undefined;
  let painted: { palette: Palette; scale: number; cost: string } | undefined;
  return ({ palette, off, counts, occurring, costs }) => {
    if (occurring !== shown) showOnly(details.node()!, occurring, off);
    shown = occurring;
    const cost = [...costs].join(' ');
    if (painted?.palette !== palette || painted.scale !== devicePixelRatio || painted.cost !== cost) {
      painted = { palette, scale: devicePixelRatio, cost };
      for (const { surface, sample } of samples) {
        const brush = surface.begin({ left: 0, top: 0, ...SAMPLE });
        paintSample(brush, palette, sample, sample.kind === 'ending' ? costs.get(sample.by) : undefined);
      }
    }
    if (counted?.off === off && counted.counts === counts) return;
    counted = { off, counts };
    all.selectAll<HTMLButtonElement, Item>('button').each(function ({ sign: own }) {
      select(this).attr('aria-pressed', String(!off.includes(own!)));
      const count = counts.get(own!);
      writeText(this.querySelector('.count')!, count === undefined ? '' : decimal(count, 0));
    });
  };
}

/** What is turned off can be turned on again, whether or not it occurs. */
function showOnly(legend: HTMLElement, occurring: ReadonlySet<Entry>, off: readonly Sign[]): void {
  const isOff = ({ sign }: Item): boolean => sign !== undefined && off.includes(sign);
  select(legend)
    .selectAll<HTMLElement, Item>('.item')
    .attr('hidden', (item) => (occurring.has(item.entry) || isOff(item) ? null : ''));
  select(legend)
    .selectAll<HTMLElement, unknown>('.group')
    .attr('hidden', function () {
      return this.querySelector('.item:not([hidden])') ? null : '';
    });
}

function addGroup(
  parent: Selection<HTMLDivElement, unknown, null, undefined>,
  { title, items }: (typeof GROUPS)[number],
  paintOn: (element: HTMLElement, sample: Sample | undefined) => void,
  actions: LegendActions,
): void {
  const box = parent.append('div').attr('class', 'group').attr('role', 'group').attr('aria-label', title);
  box.append('div').attr('class', 'group-title').attr('aria-hidden', 'true').text(title);
  const among = items.flatMap(({ sign }) => sign ?? []);
  for (const one of items) {
    const { word, sample, sign } = one;
    const item = box
      .append(sign ? 'button' : 'span')
      .datum(one)
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
