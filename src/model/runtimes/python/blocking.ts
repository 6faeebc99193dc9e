// What a thread of Python's waits in, in words. Pure.
import { t } from '../../../common/l10n';
import type { BlockingPhrases, WaitedFor } from '../runtime';

/** Calls as programs name them, by the ids of waits. */
const CALLS: Partial<Record<string, string>> = {
  join: 'join()',
  condition: 'Condition.wait()',
  event: 'Event.wait()',
  semaphore: 'Semaphore.acquire()',
  barrier: 'Barrier.wait()',
  'queue-get': 'queue.get()',
  'queue-put': 'queue.put()',
  'queue-join': 'queue.join()',
  future: 'Future.result()',
  'executor-shutdown': 'Executor.shutdown()',
  'loop-shutdown': 'loop.shutdown_default_executor()',
  sleep: 'time.sleep()',
  select: 'select()',
};

/** Only another thread ends them. */
const FOR_THREADS: ReadonlySet<string> = new Set([
  'join',
  'lock',
  'rlock',
  'condition',
  'event',
  'semaphore',
  'barrier',
  'queue-get',
  'queue-put',
  'queue-join',
  'future',
  'executor-shutdown',
  'asyncio-run',
  'loop-shutdown',
]);

export const waitsForThread = (kind: string): boolean => FOR_THREADS.has(kind);

export function blocking(kind: string, waitedFor: WaitedFor = {}): BlockingPhrases {
  const name = callName(kind, waitedFor);
  return { name, waits: t('it is waiting in {0}', name), waited: t('it was waiting in {0}', name) };
}

function callName(kind: string, { whom, name }: WaitedFor): string {
  if (kind === 'join' && whom !== undefined) return t('{0} of “{1}”', 'join()', whom);
  if (kind === 'lock' || kind === 'rlock')
    return name ? t('acquire() of the lock “{0}”', name) : t('acquire() of a lock');
  if (kind === 'asyncio-run') return t('{0} for the threads of its executor', 'asyncio.run()');
  if (kind === 'process') return t('a wait for a child process');
  if (kind === 'syscall') return name ? t('a call of the system ({0})', name) : t('a call of the system');
  const call = CALLS[kind];
  if (call === undefined) return t('an unknown call');
  return name ? t('{0} of “{1}”', call, name) : call;
}
