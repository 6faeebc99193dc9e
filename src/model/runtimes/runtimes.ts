// The runtimes whose threads can be shown, and which of them a process runs on. Pure.
import type { RuntimeId } from '../../protocol/probeEvents';
import type { Origin } from '../facts/facts';
import { NODE } from './node/node';
import type { Runtime } from './runtime';

const RUNTIMES: Partial<Record<RuntimeId, Runtime>> = { node: NODE };

/** For a process whose beginning is unknown, and for one whose runtime has no folder here yet: Node. */
export const runtimeOf = ({ origin }: { origin: Origin }): Runtime => RUNTIMES[origin.runtime ?? 'node'] ?? NODE;
