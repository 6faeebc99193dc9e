// timelines-chart: one element of the page for each span in view.
import { stateIn } from '../../../../src/protocol/tracks';
import type { Chart } from '../chart';
import { frameEnd, until } from '../frames';
import { load } from '../sources';
import { eachSpan, type Trace } from '../trace';
import { HEIGHT, LANE_PX, LANES_IN_VIEW, library } from './common';

interface Library {
  default: new (root: HTMLElement) => TimelinesChart;
}
interface TimelinesChart {
  width(px: number): this;
  maxHeight(px: number): this;
  maxLineHeight(px: number): this;
  enableAnimations(on: boolean): this;
  enableOverview(on: boolean): this;
  zQualitative(on: boolean): this;
  data(groups: object[]): this;
  zoomX(range: [Date, Date]): this;
  zoomY(lines: [number, number]): this;
}

let input: object[] | undefined;
let chart: TimelinesChart;

function inputOf(trace: Trace): object[] {
  const data = trace.labels.map((_, lane) => {
    const spans: object[] = [];
    eachSpan(trace, lane, ({ start, end, code }) => spans.push({ timeRange: [start, end], val: stateIn(code) }));
    return { label: String(lane), data: spans };
  });
  return [{ group: 'threads', data }];
}

export const timelinesChart: Chart = {
  script: '/peers/timelines-chart.js',
  async prepare(source) {
    input = inputOf((await load(source)).trace);
  },
  async open(root) {
    chart = new (library<Library>().default)(root)
      .width(1200)
      .maxHeight(HEIGHT)
      .maxLineHeight(LANE_PX)
      .enableAnimations(false)
      .enableOverview(false)
      .zQualitative(true)
      .data(input!)
      .zoomY([0, LANES_IN_VIEW - 1]);
    await until(() => root.querySelector('.series-segment') !== null);
    await frameEnd();
  },
  moveTo: (start, end) => void chart.zoomX([new Date(start), new Date(end)]),
  settled: () => Promise.resolve(),
  release: () => void (input = undefined),
  drawn: () => ({ items: document.querySelectorAll('.series-segment').length }),
};
