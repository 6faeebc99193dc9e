// vis-timeline: one element of the page for each span in view.
import { stateIn } from '../../../../src/protocol/tracks';
import type { Chart } from '../chart';
import { frameEnd } from '../frames';
import { load } from '../sources';
import { eachSpan, type Trace } from '../trace';
import { HEIGHT, library, STATE_COLORS } from './common';

interface Library {
  DataSet: new (items: object[]) => object;
  Timeline: new (root: HTMLElement, items: object, groups: object, options: object) => Timeline;
}
interface Timeline {
  setWindow(start: number, end: number, options: { animation: boolean }): void;
}

let input: ReturnType<typeof inputOf> | undefined;
let timeline: Timeline;

function inputOf(trace: Trace) {
  const items: object[] = [];
  trace.labels.forEach((_, lane) =>
    eachSpan(trace, lane, ({ start, end, code }) =>
      items.push({ id: items.length, group: lane, start, end, content: '', className: stateIn(code) }),
    ),
  );
  return { items, groups: trace.labels.map((content, id) => ({ id, content })), length: trace.length };
}

function addColors(): void {
  const rules = STATE_COLORS.map(([state, color]) => `.vis-item.${state} { background: ${color} }`);
  document.head.append(Object.assign(document.createElement('style'), { textContent: rules.join('\n') }));
}

export const visTimeline: Chart = {
  script: '/peers/vis-timeline.js',
  style: '/peers/vis-timeline.css',
  async prepare(source) {
    addColors();
    input = inputOf((await load(source)).trace);
  },
  async open(root) {
    const { DataSet, Timeline } = library<Library>();
    const { items, groups, length } = input!;
    await new Promise((resolve) => {
      timeline = new Timeline(root, new DataSet(items), new DataSet(groups), {
        start: 0,
        end: length,
        height: HEIGHT,
        orientation: 'top',
        stack: false,
        verticalScroll: true,
        showCurrentTime: false,
        showTooltips: false,
        selectable: false,
        groupOrder: 'id',
        onInitialDrawComplete: resolve,
      });
    });
    await frameEnd();
  },
  moveTo: (start, end) => timeline.setWindow(start, end, { animation: false }),
  settled: () => Promise.resolve(),
  release: () => void (input = undefined),
  drawn: () => ({ items: document.querySelectorAll('.vis-item').length }),
};
