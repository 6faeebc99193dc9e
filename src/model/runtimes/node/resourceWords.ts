// What keeps a loop of Node's turning, in words. Pure.
import { tally } from '../../../common/l10n';
import { PORT } from '../../facts/resources';

const WORDS: [name: RegExp, phrase: (n: number) => string][] = [
  [/^Timeout$/, (n) => tally(n, 'a timer', '{0} timers')],
  [/^Immediate$/, (n) => tally(n, 'an immediate', '{0} immediates')],
  [/^(TCP|Pipe)ServerWrap$/, (n) => tally(n, 'a server', '{0} servers')],
  [/^TCP(Socket)?Wrap$/i, (n) => tally(n, 'a network connection', '{0} network connections')],
  [/^TCPConnectWrap$/, (n) => tally(n, 'a connection being opened', '{0} connections being opened')],
  [/^UDPWrap$/i, (n) => tally(n, 'a UDP socket', '{0} UDP sockets')],
  [/^(PipeWrap|TTYWrap)$/, (n) => tally(n, 'a pipe or terminal being read', '{0} pipes or terminals being read')],
  [/^ProcessWrap$/i, (n) => tally(n, 'a child process', '{0} child processes')],
  [/^IPCChannel$/, (n) => tally(n, 'a channel to another process', '{0} channels to other processes')],
  [/^(FSEventWrap|StatWatcher)$/i, (n) => tally(n, 'a file watcher', '{0} file watchers')],
  [/^FSReq|^FILEHANDLE/, (n) => tally(n, 'a file operation', '{0} file operations')],
  [/^GetAddrInfo|^QueryReq|^DNSCHANNEL/i, (n) => tally(n, 'a DNS lookup', '{0} DNS lookups')],
  [/^(Simple)?(Write|Shutdown)Wrap$/, (n) => tally(n, 'a write', '{0} writes')],
  [/^WorkerHeapSnapshot|^WORKER/i, (n) => tally(n, 'a request to a worker', '{0} requests to workers')],
];

/** It is over when it is done, as a file operation is, and a server or a timer need not be. */
export const isRequest = (name: string): boolean =>
  /^FSReq|^FILEHANDLE|^GetAddrInfo|^QueryReq|^(TCP|Pipe)ConnectWrap$|(Write|Shutdown)Wrap$/i.test(name);

/** Such as "2 timers"; without ports. What has no word keeps the runtime's name. */
export function resourcePhrases(counts: Record<string, number>): string[] {
  const sums = new Map<string | ((n: number) => string), number>();
  for (const [name, count] of Object.entries(counts)) {
    if (name === PORT) continue;
    const phrase = WORDS.find(([pattern]) => pattern.test(name))?.[1] ?? name;
    sums.set(phrase, (sums.get(phrase) ?? 0) + count);
  }
  return [...sums].map(([phrase, count]) => {
    if (typeof phrase === 'function') return phrase(count);
    return count === 1 ? phrase : `${count} ${phrase}`;
  });
}
