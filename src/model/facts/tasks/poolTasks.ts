// Tasks that a pool gave a thread, and what the thread has posted since. Pure.
import type { Activity } from '../../../protocol/activityBatch';
import type { TaskName } from '../../../protocol/probeEvents';
import { remember, type ActivityFacts } from '../activityFacts';

/** No pool gives a thread more at once. */
const MOST_TASKS = 64;

/** `a`: the name of the task; `b`: how often is posted until it is done. */
export function foldTask({ tasks }: ActivityFacts, { t, arg, a, b }: Activity): void {
  const last = tasks.get(arg);
  const batch = last && !(last.due > 0 && last.posts >= last.due) ? last : { tasks: [], due: 0, posts: 0 };
  batch.due += b;
  batch.tasks.push({ t, name: a });
  if (batch.tasks.length > MOST_TASKS) batch.tasks.shift();
  remember(tasks, arg, batch);
}

export function foldTaskPost({ tasks }: ActivityFacts, port: number): void {
  const batch = tasks.get(port);
  if (batch) batch.posts++;
}

export function foldTaskName({ taskNames }: ActivityFacts, { task, name, file }: TaskName): void {
  remember(taskNames, task, { ...(name === undefined ? {} : { name }), ...(file === undefined ? {} : { file }) });
}
