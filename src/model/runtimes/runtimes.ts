// The runtimes whose threads can be observed, and which of them a process runs on. Pure.
import type { RuntimePicture } from '../../protocol/picture';
import type { RuntimeId } from '../../protocol/probeEvents';
import type { Origin } from '../facts/facts';
import { NODE } from './node/node';
import { PYTHON } from './python/python';
import type { Runtime } from './runtime';

const RUNTIMES: Record<RuntimeId, Runtime> = { node: NODE, python: PYTHON };

/** Node where the beginning of the process is not known. */
export const runtimeOf = ({ origin }: { origin: Origin }): Runtime => RUNTIMES[origin.runtime ?? 'node'];

export function runtimePicture(runtime: Runtime, version: string): RuntimePicture {
  const { id, label, oldestVersion, endsWithOwner, exitDropsWork, words } = runtime;
  return { id, label: label(version), oldest: label(oldestVersion), endsWithOwner, exitDropsWork, ...words() };
}
