// What the first file of the probe gives to its other parts, for tests that call one of these. To be imported before them.
import * as fs from 'node:fs';
import { raw } from '../../src/probe/node/raw';
import type { Given } from '../../src/probe/node/given';

const unknown = (): never => {
  throw new Error('not for tests');
};

Object.assign(globalThis, {
  given: {
    ...{ raw, files: fs, textOf: unknown, part: unknown, threads: unknown, waiting: [] },
    builtin: (id) => process.getBuiltinModule(id) as object,
    now: () => Number(process.hrtime.bigint() / 1000n),
    whenLoaded: () => false,
    hearLookups: () => undefined,
    stack: () => [],
    ending: { exiting: false, chosen: false, heard: undefined },
  } satisfies Given,
});
