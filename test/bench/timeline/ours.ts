// Our webview as it is built, in front of a host that plays the extension host in a worker.
import { THEMES } from '../../webview/themes';
import type { Chart } from './chart';
import { frameEnd, until } from './frames';
import type { FromHost, ToHost } from './host';

const worker = location.search.includes('chart=ours') ? new Worker('/host.js') : undefined;
let looks = 0;
let answers = 0;
/** ms of each. */
const answered: number[] = [];
const draws: number[] = [];
let heard: (message: FromHost) => void = () => {};

export const listen = (listener: (message: FromHost) => void): void => void (heard = listener);
export const tell = (order: ToHost): void => worker?.postMessage(order);

/** An order to the host that it answers once it has made ready. */
export function prepared(order: ToHost): Promise<number> {
  return new Promise((resolve) => {
    listen((message) => {
      if (message.bench === 'prepared') resolve(message.ms);
    });
    tell(order);
  });
}

export function playEditor(): void {
  const { style } = document.documentElement;
  document.body.className = THEMES.dark.bodyClass;
  for (const [key, value] of Object.entries(THEMES.dark.variables)) style.setProperty(`--vscode-${key}`, value);
  Object.assign(window, {
    acquireVsCodeApi: () => ({
      postMessage(message: { kind: string }) {
        if (message.kind === 'look') looks++;
        worker!.postMessage(message);
      },
      getState: () => undefined,
      setState: () => undefined,
    }),
  });
  worker!.addEventListener('message', ({ data }: MessageEvent<FromHost | { kind: string }>) => {
    if ('bench' in data) {
      if (data.bench === 'answered') answered.push(data.took);
      return heard(data);
    }
    if (data.kind === 'seen') answers++;
    window.dispatchEvent(new MessageEvent('message', { data }));
  });
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntriesByName('draw')) draws.push(duration);
  }).observe({ entryTypes: ['measure'] });
}

/** The first frame that shows the picture, and the one after the answer to what it asked. */
async function painted(): Promise<void> {
  await until(() => document.querySelector('#timeline[data-revision]') !== null);
  await allAnswered();
}

async function allAnswered(): Promise<void> {
  if (looks === answers) return;
  await until(() => looks === answers);
  await frameEnd();
}

export const ours: Chart = {
  script: '/dist/timeline.js',
  style: '/dist/timeline.css',
  async prepare(source) {
    playEditor();
    await prepared({ bench: 'prepare', source });
  },
  open: () => painted(),
  settled: () => allAnswered(),
  release() {},
  drawn: () => ({ looks, lanes: document.querySelectorAll('.row.lane').length }),
};

/** ms of each since the last call: the host's answers, and draws of the view. */
export function takeTimes(): { answers: number[]; draws: number[] } {
  return { answers: answered.splice(0), draws: draws.splice(0) };
}
