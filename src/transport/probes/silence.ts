// Why a program may report nothing, said in time and with what to do about it.
import { t } from '../../common/l10n';
import type { ProbeSetup, Started } from './probe';
import { PROBES } from './probes';

export const silenceText = (started: Started, setup: ProbeSetup): string =>
  obstacleText(started, setup) ??
  t(
    'The program has not reported any threads: it runs on neither Node nor Python, it replaced NODE_OPTIONS or PYTHONPATH, or it cannot write to its spool folder. The program is not affected, but its threads cannot be shown.',
  );

/** Undefined when no runtime forbids it. */
export const obstacleText = (started: Started, setup: ProbeSetup): string | undefined =>
  PROBES.map((probe) => probe.obstacle(started, setup)).find((text) => text !== undefined);
