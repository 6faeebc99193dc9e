// What a thread hands down to its workers, and what whoever attached the probe handed to main.
import { ATTACHED_WORKERS } from '../../../protocol/spool';
import { HANDED_DOWN, type Inheritance } from '../given';
import { isLoaded, workerThreads } from '../tools/builtins';

/** To all threads that this one starts from now on. */
export const handDown = (inheritance: Inheritance): void =>
  workerThreads().setEnvironmentData(HANDED_DOWN, inheritance);

/** In main: the workers that were there when the probe was brought into a running program; taken once. */
export function takeAttachedWorkers(): object[] | undefined {
  if (!isLoaded('worker_threads')) return undefined; // by which they are told
  const { getEnvironmentData, setEnvironmentData } = workerThreads();
  const workers = getEnvironmentData(ATTACHED_WORKERS) as object[] | undefined;
  if (workers) setEnvironmentData(ATTACHED_WORKERS);
  return workers;
}
