// `npm run kills [-- --runs N] [--seed N] [--node LINE]`: kills a program so many times at chance moments, on each supported
// Node or on one line of them, and fails when anything is lost that it knew. The test of `npm test` does so a few times.
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { ROOT } from './prepare.mjs';

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '1000' },
    seed: { type: 'string', default: '1' },
    node: { type: 'string' },
  },
});
const { status } = spawnSync(
  process.execPath,
  [path.join(ROOT, 'test/support/run.mjs'), 'probe', '--only', 'killed by SIGKILL at any moment'],
  {
    cwd: ROOT,
    stdio: 'inherit',
    env: {
      ...process.env,
      KILL_COUNT: values.runs,
      KILL_SEED: values.seed,
      ...(values.node ? { KILL_NODE: values.node } : {}),
    },
  },
);
process.exitCode = status ?? 1;
