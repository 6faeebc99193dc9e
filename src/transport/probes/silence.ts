// Why nothing may be heard of a program, told in time and with what to do.
import { t } from '../../common/l10n';
import type { ProbeSetup, Started } from './probe';
import { PROBES } from './probes';

export const silenceText = (started: Started, setup: ProbeSetup): string =>
  obstacleText(started, setup) ??
  t(
    'The program has not reported any thread: it does not run on Node, it replaced NODE_OPTIONS, or it may not write to its spool folder. It runs as ever, but its threads cannot be shown.',
  );

/** Undefined when no runtime forbids it. */
export const obstacleText = (started: Started, setup: ProbeSetup): string | undefined =>
  PROBES.map((probe) => probe.obstacle(started, setup)).find((text) => text !== undefined);
