// The runtimes whose threads can be observed, and which of them a process runs on. Pure.
import type { RuntimePicture } from '../../protocol/picture';
import type { RuntimeId } from '../../protocol/probeEvents';
import type { Origin } from '../facts/facts';
import { NODE } from './node/node';
import type { Runtime } from './runtime';

const RUNTIMES: Partial<Record<RuntimeId, Runtime>> = { node: NODE };

/** Node where the beginning of the process is not known, or its runtime has no room here yet. */
export const runtimeOf = ({ origin }: { origin: Origin }): Runtime => RUNTIMES[origin.runtime ?? 'node'] ?? NODE;

export function runtimePicture(runtime: Runtime, version: string): RuntimePicture {
  const { id, label, oldestVersion, endsWithOwner, words } = runtime;
  return { id, label: label(version), oldest: label(oldestVersion), endsWithOwner, ...words() };
}
