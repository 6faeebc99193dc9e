// The rows of tasks of an event loop: each as a thin line, all together by how many there were at once. Pure.
import type { AsyncTaskPicture } from '../../../src/protocol/picture';
import type { Lane } from '../data/run';
import type { TaskRow, TasksRow } from '../rows/rows';
import type { SceneTask, SceneTasks, SceneView } from './types';

const NARROWEST_PX = 1;

const endOf = ({ to }: AsyncTaskPicture, { ended }: Lane, now: number): number => to ?? ended?.t ?? now;

export function taskOf({ task, of }: TaskRow, { x, origin, now }: SceneView): Pick<SceneTask, 'x' | 'width'> {
  const [from, to] = [x(task.from - origin), x(endOf(task, of, now) - origin)];
  return { x: from, width: Math.max(to - from, NARROWEST_PX) };
}

export function tasksOf(
  { tasks: { tasks }, of }: TasksRow,
  { x, width, origin, now }: SceneView,
): Pick<SceneTasks, 'x' | 'width' | 'busy'> {
  const steps = tasks
    .flatMap((task) => [
      { t: task.from, by: 1 },
      { t: endOf(task, of, now), by: -1 },
    ])
    .sort((a, b) => a.t - b.t || b.by - a.by);
  let [count, most] = [0, 1];
  const stretches = steps.map(({ t, by }, i) => {
    most = Math.max(most, (count += by));
    return { x: x(t - origin), to: x((steps[i + 1]?.t ?? t) - origin), count };
  });
  const inView = stretches.filter((one) => one.count > 0 && one.to > 0 && one.x < width);
  const first = stretches[0]?.x ?? 0;
  return {
    x: first,
    width: Math.max((stretches.at(-1)?.x ?? first) - first, NARROWEST_PX),
    busy: inView.map((one) => {
      const left = Math.max(one.x, 0);
      return { x: left, width: Math.max(Math.min(one.to, width) - left, NARROWEST_PX), share: one.count / most };
    }),
  };
}
