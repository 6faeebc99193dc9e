// Puts all hooks in place, in a thread of a Node that is new enough.
import { isMainThread } from 'worker_threads';
import { PROBE_PROTOCOL_VERSION } from '../../protocol/probeEvents';
import { newer } from './builtins';
import { observeExit } from './exit';
import { claimPlace } from './place';
import { Spool } from './spool';
import { clipped } from './text';
import { observeWorkers } from './workers';

export function install(): void {
  const place = claimPlace();
  if (!place) return;
  const spool = new Spool(place);
  const wall = Date.now();
  const missing = observeWorkers(spool);
  observeExit(spool);
  if (!isMainThread) {
    const name = newer<{ threadName?: string | null }>('worker_threads').threadName;
    spool.tell('thread-begin', name ? { name: clipped(name) } : {});
    return;
  }
  spool.tell('process-start', {
    v: PROBE_PROTOCOL_VERSION,
    pid: process.pid,
    ppid: process.ppid,
    runtime: 'node',
    version: process.versions.node,
    argv: process.argv,
    execArgv: process.execArgv,
    cwd: process.cwd(),
    wall,
    missing,
  });
}
