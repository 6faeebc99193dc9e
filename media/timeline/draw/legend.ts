// The legend: the vocabulary's table as pictures. Closed, it shows the three signs that matter most.
import { select, type Selection } from 'd3-selection';
import type { EndedBy } from '../../../src/protocol/picture';
import { DAEMON_HATCH, UNKNOWN_HATCH } from '../theme';
import { BARS, ENDINGS, MARKS, type BarStyle, type MarkKind, type Word } from '../vocabulary';

type Sample = Selection<SVGSVGElement, unknown, null, undefined>;

const HATCH: Partial<Record<BarStyle, string>> = {
  daemon: `url(#${DAEMON_HATCH})`,
  unknown: `url(#${UNKNOWN_HATCH})`,
};

export function createLegend(parent: HTMLElement): void {
  const details = select(parent).append('details').attr('class', 'legend');
  const summary = details.append('summary').attr('title', 'Legend').node()!;
  addBar(summary, 'keeps-alive', 'keeps alive');
  addBar(summary, 'daemon', 'daemon');
  addEnding(summary, 'main-exit', 'killed with main');
  const all = details.append('div').attr('class', 'all').node()!;
  for (const style of Object.keys(BARS) as BarStyle[]) addBar(all, style);
  for (const kind of Object.keys(MARKS) as MarkKind[]) addMark(all, kind);
  for (const by of Object.keys(ENDINGS) as EndedBy[]) addEnding(all, by);
}

function addItem(parent: HTMLElement, word: Word, label: string): Sample {
  const item = select(parent).append('span').attr('class', 'item').attr('title', word.explanation);
  const sample = item.append('svg').attr('viewBox', '-11 -11 22 22').attr('aria-hidden', 'true');
  item.append('span').text(label);
  return sample;
}

function addBar(parent: HTMLElement, style: BarStyle, label = BARS[style].label): void {
  addItem(parent, BARS[style], label)
    .append('rect')
    .attr('class', `bar ${style === 'starting' ? 'keeps-alive starting' : style}`)
    .attr('fill', HATCH[style] ?? null)
    .attr('x', -10)
    .attr('y', -5)
    .attr('width', 20)
    .attr('height', 10)
    .attr('rx', 1.5);
}

function addMark(parent: HTMLElement, kind: MarkKind): void {
  const { shape, hollow, label } = MARKS[kind];
  const mark = addItem(parent, MARKS[kind], label)
    .append('g')
    .attr('class', `mark ${kind}${hollow ? ' hollow' : ''}`)
    .attr('transform', 'translate(0,8)');
  mark.append('path').attr('class', 'stem').attr('d', 'M0,-5.5 V5');
  mark.append('path').attr('class', 'head-of').attr('d', shape);
}

function addEnding(parent: HTMLElement, by: EndedBy, label = ENDINGS[by].label): void {
  const { shape, hollow } = ENDINGS[by];
  addItem(parent, ENDINGS[by], label)
    .append('path')
    .attr('class', `cap ${by}${hollow ? ' hollow' : ''}`)
    .attr('d', shape);
}
