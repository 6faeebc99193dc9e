// All that a Node which is too old can do: say that it is. No module or syntax newer than Node 12 here.
import type * as fs from 'fs';
import type * as path from 'path';
import type * as threads from 'worker_threads';
import { PROBE_PROTOCOL_VERSION, SPOOL_SUFFIX, SPOOL_VARIABLE } from '../../protocol/spool';

function tellUnsupported(): void {
  /* eslint-disable @typescript-eslint/no-require-imports */
  const { isMainThread } = require('worker_threads') as typeof threads;
  const { appendFileSync } = require('fs') as typeof fs;
  const { join } = require('path') as typeof path;
  /* eslint-enable @typescript-eslint/no-require-imports */
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
    runtime: 'node',
    version: process.versions.node,
    wall: Date.now(),
  };
  appendFileSync(join(folder, p + SPOOL_SUFFIX), JSON.stringify(record) + '\n', { mode: 0o600 });
}

tellUnsupported();
