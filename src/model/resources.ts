// What keeps a thread's loop turning, as the runtime names it, in words. Pure.

/** Ports are told one by one. */
const PORT = 'MessagePort';

const WORDS: [name: RegExp, one: string, several: string][] = [
  [/^Timeout$/, 'a timer', 'timers'],
  [/^Immediate$/, 'an immediate', 'immediates'],
  [/^(TCP|Pipe)ServerWrap$/, 'a server', 'servers'],
  [/^TCP(Socket)?Wrap$/i, 'a network connection', 'network connections'],
  [/^TCPConnectWrap$/, 'a connection being made', 'connections being made'],
  [/^UDPWrap$/i, 'a UDP socket', 'UDP sockets'],
  [/^(PipeWrap|TTYWrap)$/, 'a pipe or terminal that is read', 'pipes or terminals that are read'],
  [/^ProcessWrap$/i, 'a child process', 'child processes'],
  [/^(FSEventWrap|StatWatcher)$/i, 'a file watcher', 'file watchers'],
  [/^FSReq|^FILEHANDLE/, 'a file operation', 'file operations'],
  [/^GetAddrInfo|^QueryReq|^DNSCHANNEL/i, 'a name look-up', 'name look-ups'],
  [/^(Write|Shutdown)Wrap$/, 'a write', 'writes'],
  [/^WorkerHeapSnapshot|^WORKER/i, 'a request to a worker', 'requests to workers'],
];

/** Whether there is anything besides ports: something that another thread does not decide on. */
export const hasOwn = (counts: Record<string, number>): boolean => Object.keys(counts).some((name) => name !== PORT);

/** Such as "2 timers"; without ports. What has no word keeps the runtime's name. */
export function resourcePhrases(counts: Record<string, number>): string[] {
  const byWord = new Map<string, { count: number; one: string; several: string }>();
  for (const [name, count] of Object.entries(counts)) {
    if (name === PORT) continue;
    const [, one, several] = WORDS.find(([pattern]) => pattern.test(name)) ?? [/^/, name, name];
    const sum = byWord.get(one) ?? { count: 0, one, several };
    sum.count += count;
    byWord.set(one, sum);
  }
  return [...byWord.values()].map(({ count, one, several }) => (count === 1 ? one : `${count} ${several}`));
}
