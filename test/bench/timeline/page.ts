// Runs in the page of each chart that is measured.
import type { Chart, Source } from './chart';
import { prepareLive, runLive } from './live';
import { ours, playEditor, takeTimes } from './ours';
import { flameChart } from './peers/flameChart';
import { timelinesChart } from './peers/timelinesChart';
import { visTimeline } from './peers/visTimeline';
import { frameEnd } from './frames';
import type { LiveOrder } from './pump';

const CHARTS: Record<string, Chart> = {
  ours,
  'vis-timeline': visTimeline,
  'timelines-chart': timelinesChart,
  'flame-chart-js': flameChart,
};
const chart = CHARTS[new URLSearchParams(location.search).get('chart') ?? '']!;
const root = document.getElementById('root')!;

/** Resolves when the browser has run it. */
function loaded(element: HTMLScriptElement | HTMLLinkElement): Promise<unknown> {
  return new Promise((resolve, reject) => {
    element.addEventListener('load', resolve);
    element.addEventListener('error', () => reject(new Error('a file of the chart could not be loaded')));
    document.head.append(element);
  });
}

function scriptOf(src: string): HTMLScriptElement {
  const { nonce } = document.querySelector('script')!;
  return Object.assign(document.createElement('script'), { src, nonce });
}

const bench = {
  prepare: (source: Source) => chart.prepare(source),
  /** ms from the first byte of the chart's script to its first picture. */
  async open(): Promise<number> {
    const started = performance.now();
    const { script, style } = chart;
    const link = style && Object.assign(document.createElement('link'), { rel: 'stylesheet', href: style });
    await Promise.all([loaded(scriptOf(script)), link && loaded(link)]);
    await chart.open(root);
    return performance.now() - started;
  },
  moveTo: (start: number, end: number) => chart.moveTo?.(start, end),
  /** What an idle page does in this time is measured too, and taken off. */
  async settled(): Promise<void> {
    for (let i = 0; i < 3; i++) await frameEnd();
    await chart.settled();
  },
  release: () => chart.release(),
  drawn: () => chart.drawn(),
  takeTimes,
  prepareLive(order: LiveOrder): Promise<number> {
    playEditor();
    return prepareLive(order);
  },
  runLive,
};
export type Bench = typeof bench;
Object.assign(window, { bench });
