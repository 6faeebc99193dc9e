// The tasks that a pool gave a thread and that it has not done. Pure.
import { PARENT_PORT, portOfWorker } from '../../protocol/activity';
import type { PortFacts, TaskBatch } from '../facts/activityFacts';
import type { ProcessFacts, ThreadFacts } from '../facts/facts';
import { fileLabel } from '../facts/sites';
import { ownerOf } from './once';

/**
 * By their names, such as "resize (images.js)", each once. Undefined where it is at none that is known of; empty where it is
 * not known which of those that came are done, or by what name they were.
 */
export function openTasks(process: ProcessFacts, thread: ThreadFacts): string[] | undefined {
  const { activity } = thread;
  if (!activity) return undefined;
  let open: Set<string> | undefined;
  for (const [port, batch] of activity.tasks) {
    const numbers = openIn(batch, activity.ports.get(port), otherEnd(process, thread, port));
    if (!numbers) continue;
    open ??= new Set();
    for (const number of numbers) {
      const name = nameText(activity.taskNames.get(number));
      if (name !== undefined) open.add(name);
    }
  }
  return open && [...open];
}

function otherEnd(process: ProcessFacts, thread: ThreadFacts, port: number): PortFacts | undefined {
  if (port === PARENT_PORT) return ownerOf(process, thread)?.activity?.ports.get(portOfWorker(thread.id));
  const end = thread.activity!.ends.get(port);
  return end && process.threads.get(end.thread)?.activity?.ports.get(end.port);
}

function openIn({ tasks, due, posts }: TaskBatch, here?: PortFacts, there?: PortFacts): number[] | undefined {
  const isHeard = due > 0 && (there?.received ?? 0) <= (here?.posted ?? 0);
  const numbers = (of: typeof tasks): number[] => of.map(({ name }) => name);
  if (isHeard) {
    if (posts >= due) return undefined;
    // Of several of which some are done it is not known which, unless all have one name.
    return posts === 0 || tasks.every(({ name }) => name === tasks[0]!.name) ? numbers(tasks) : [];
  }
  const since = there && tasks.filter(({ t }) => t > there.lastReceive);
  return since && since.length > 0 ? numbers(since) : undefined;
}

function nameText(task: { name?: string; file?: string } | undefined): string | undefined {
  const file = task?.file === undefined ? undefined : fileLabel(task.file);
  if (task?.name === undefined) return file;
  return file === undefined ? task.name : `${task.name} (${file})`;
}
