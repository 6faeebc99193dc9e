// Runs in the page of our webview: how long it takes from the host's message to the frame that shows it.
import { frameEnd, rendered } from './frames';
import { listen, prepared, takeTimes, tell } from './ours';
import { wall, type LiveOrder } from './pump';

export interface LiveFigures {
  /** ms from a picture's change to the frame that shows it, and from the oldest of new states to theirs. */
  pictures: number[];
  states: number[];
  /** ms of each task that took more than 50. */
  longTasks: number[];
  draws: number[];
  answers: number[];
  /** ms that the host itself was busy with each of its messages. */
  host: number[];
  seconds: number;
}

export const prepareLive = (order: LiveOrder): Promise<number> => prepared({ bench: 'live', ...order });

export async function runLive(): Promise<LiveFigures> {
  const sent: { revision: number; at: number }[] = [];
  const painted = watchPaints();
  const [states, longTasks, host]: number[][] = [[], [], []];
  const observer = new PerformanceObserver((list) => longTasks!.push(...list.getEntries().map((e) => e.duration)));
  observer.observe({ entryTypes: ['longtask'] });
  takeTimes();
  const started = wall();
  await new Promise<void>((resolve) => {
    listen((message) => {
      if (message.bench === 'over') resolve();
      if (message.bench === 'sent') {
        sent.push(message);
        host!.push(message.took);
      }
      const since = message.bench === 'answered' ? message.since : undefined;
      if (since !== undefined) void frameEnd().then(() => states!.push(wall() - since));
    });
    tell({ bench: 'go' });
  });
  for (let i = 0; i < 5; i++) await frameEnd();
  observer.disconnect();
  const pictures = sent.map(({ revision, at }) => (painted.find((p) => p.revision >= revision)?.at ?? Infinity) - at);
  const seconds = (wall() - started) / 1000;
  return { pictures, states: states!, longTasks: longTasks!, host: host!, seconds, ...takeTimes() };
}

/** Each revision that was on the screen, and since when. */
function watchPaints(): { revision: number; at: number }[] {
  const painted: { revision: number; at: number }[] = [];
  const timeline = document.getElementById('timeline')!;
  new MutationObserver(() => {
    const revision = Number(timeline.dataset['revision']);
    void rendered().then(() => painted.push({ revision, at: wall() }));
  }).observe(timeline, { attributeFilter: ['data-revision'] });
  return painted;
}
