// Puts all hooks in place, in a thread of a Node that is new enough.
import * as worker from 'worker_threads';
import { PROBE_PROTOCOL_VERSION } from '../../protocol/probeEvents';
import { observeExit } from './exit';
import { claimPlace } from './place';
import { Spool } from './spool';
import { observeWorkers } from './workers';

export function install(): void {
  const place = claimPlace();
  if (!place) return;
  const spool = new Spool(place);
  const wall = Date.now();
  const missing = observeWorkers(spool);
  observeExit(spool);
  if (!worker.isMainThread) {
    const name = (worker as { threadName?: string | null }).threadName;
    spool.tell('thread-begin', name ? { name } : {});
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
