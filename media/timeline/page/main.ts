// Runs in the timeline's webview: a picture of what the extension host sends, drawn with d3. It holds no truth of its
// own but where a person looks, so it can be thrown away and rebuilt at any time.
import './language';
import type { FromTimeline, ToTimeline } from '../../../src/protocol/timelineMessages';
import { initialState, receive } from '../data/state';
import type { Remembered } from '../look/remembered';
import { Timeline } from './timeline';

interface Host {
  postMessage(message: FromTimeline): void;
  getState(): unknown;
  setState(state: Remembered): void;
}
declare function acquireVsCodeApi(): Host;

const MICROS_PER_MS = 1000;

function start(host: Host): void {
  const clock = (): number => performance.now() * MICROS_PER_MS;
  const timeline = new Timeline(document.getElementById('root')!, {
    clock,
    post: (message) => host.postMessage(message),
    remembered: host.getState(),
    remember: (state) => {
      host.setState(state);
      host.postMessage({ kind: 'remember', state });
    },
  });
  let state = initialState;
  timeline.onRunChosen = (change) => timeline.show((state = change(state)));
  window.addEventListener('message', ({ data }: MessageEvent<ToTimeline>) => {
    if (data.kind === 'seen' || data.kind === 'measured' || data.kind === 'tracks-changed')
      return timeline.answer(data);
    if (data.kind === 'select') return timeline.select(data.thread);
    const { state: next, reply } = receive(state, data, clock());
    timeline.show((state = next));
    if (reply) host.postMessage(reply);
  });
  host.postMessage({ kind: 'ready' });
}

function tellProblems(host: Host): void {
  const tell = (what: unknown): void => {
    const message = what instanceof Error ? (what.stack ?? what.message) : String(what);
    host.postMessage({ kind: 'problem', message: message.slice(0, 4000) });
  };
  window.addEventListener('error', ({ error, message }) => tell(error ?? message));
  window.addEventListener('unhandledrejection', ({ reason }) => tell(reason));
}

const host = acquireVsCodeApi();
tellProblems(host);
start(host);
