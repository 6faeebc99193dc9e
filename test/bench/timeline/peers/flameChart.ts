// flame-chart-js: a canvas. A lane is a level of its tree, which merges spans that are too short to be seen. It walks the
// tree by recursion, so that more lanes than the stack allows must be rows of its waterfall instead.
import { stateIn } from '../../../../src/protocol/tracks';
import type { Chart } from '../chart';
import { frameEnd } from '../frames';
import { load } from '../sources';
import { eachSpan, type Trace } from '../trace';
import { colorOf, HEIGHT, library } from './common';

interface Library {
  FlameChart: new (options: object) => FlameChart;
}
interface FlameChart {
  setZoom(start: number, end: number): void;
  renderEngine: { positionX: number; getRealView(): number };
}
interface Node {
  name: string;
  type: string;
  color: string;
  start: number;
  duration: number;
  children?: Node[];
}

const DEEPEST = 2000;
let input: object | undefined;
let chart: FlameChart;

/** Each lane hangs below the first span of the one above it. */
function treeOf(trace: Trace): object {
  const levels = trace.labels.map((_, lane) => {
    const level: Node[] = [];
    eachSpan(trace, lane, ({ start, end, code }) =>
      level.push({ name: '', type: stateIn(code), color: colorOf(code), start, duration: end - start }),
    );
    return level;
  });
  const [top, ...below] = levels.filter((level) => level.length > 0);
  let above = top;
  for (const level of below) {
    above![0]!.children = level;
    above = level;
  }
  return { data: top };
}

function waterfallOf(trace: Trace): object {
  const items = trace.labels.map((name, lane) => {
    const intervals: object[] = [];
    eachSpan(trace, lane, ({ start, end, code }) =>
      intervals.push({ name: stateIn(code), color: colorOf(code), type: 'block', start, end }),
    );
    return { name, intervals, timing: {} };
  });
  return { waterfall: { items, intervals: {} } };
}

export const flameChart: Chart = {
  script: '/peers/flame-chart-js.js',
  async prepare(source) {
    const { trace } = await load(source);
    input = trace.labels.length > DEEPEST ? waterfallOf(trace) : treeOf(trace);
  },
  async open(root) {
    const canvas = Object.assign(document.createElement('canvas'), { width: 1200, height: HEIGHT });
    root.append(canvas);
    const { FlameChart } = library<Library>();
    chart = new FlameChart({ canvas, ...input, settings: { options: { tooltip: false } } });
    await frameEnd();
  },
  moveTo: (start, end) => chart.setZoom(start, end),
  settled: () => Promise.resolve(),
  release: () => void (input = undefined),
  drawn: () => ({ start: chart.renderEngine.positionX, view: chart.renderEngine.getRealView() }),
};
