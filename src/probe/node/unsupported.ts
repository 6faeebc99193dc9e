// All that a Node which is too old can do: say that it is. No module or syntax newer than Node 12 here.
import { appendFileSync } from 'fs';
import { join } from 'path';
import { isMainThread } from 'worker_threads';
import { PROBE_PROTOCOL_VERSION, SPOOL_SUFFIX, SPOOL_VARIABLE } from '../../protocol/probeEvents';

export function tellUnsupported(): void {
  const folder = process.env[SPOOL_VARIABLE];
  if (!folder || !isMainThread) return;
  const t = Number(process.hrtime.bigint() / BigInt(1000));
  const p = `${process.pid}-${t}`;
  const record = {
    k: 'unsupported',
    p,
    tid: 0,
    q: 0,
    t,
    v: PROBE_PROTOCOL_VERSION,
    pid: process.pid,
    version: process.versions.node,
    wall: Date.now(),
  };
  appendFileSync(join(folder, p + SPOOL_SUFFIX), JSON.stringify(record) + '\n', { mode: 0o600 });
}
