// Node, as tests of the probe start it.
import * as path from 'node:path';
import { probeEnvironment } from '../../../src/transport/probes/node/environment';
import { nodeBinaries } from '../nodes.mjs';
import type { Runtime } from '../onEach';

export const NODE: Runtime = {
  name: 'Node',
  lines: [20, 22, 24, 26],
  install: async (line) => {
    const found = (await nodeBinaries()).find(({ version }) => version.startsWith(`${line}.`));
    return found && { runtime: NODE, path: found.path };
  },
  probe: path.resolve('dist/probe.js'),
  programs: path.resolve('test/programs/node'),
  // With extra certificates it reads a file on a thread of its own, at any moment: no two runs would be alike.
  bareEnvironment: ({ NODE_OPTIONS: _, NODE_EXTRA_CA_CERTS: __, ...env }) => env,
  preloading: (preload, spool) => ({ ...probeEnvironment(preload, spool, '') }),
};

export const PROBE = NODE.probe;
export const program = (name: string): string => path.join(NODE.programs, name);
