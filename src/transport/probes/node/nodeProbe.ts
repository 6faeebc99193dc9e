// Node's probe: a script that NODE_OPTIONS loads, in programs that js-debug runs.
import * as path from 'node:path';
import { t } from '../../../common/l10n';
import { ownVariable, spoolOf } from '../launchEnvironment';
import type { LaunchConfiguration, Probe, ProbeSetup } from '../probe';
import { probeEnvironment, probeOption } from './environment';
import { JS_DEBUG_TYPES, isSingleTarget, runsElsewhere } from './jsDebugConfiguration';
import { permissionText } from './permission';

/** Path of the probe's bundle. */
export const nodeProbeFile = (bundles: string): string => path.join(bundles, 'probe.js');

/** Name of its frames wherever stacks are read: it is compiled under no file's (esbuild.js says why). */
export const PROBE_SOURCE = 'thread-lifelines:probe';

export const nodeProbe: Probe = {
  runtime: 'node',
  debugTypes: JS_DEBUG_TYPES,
  launch: {
    takes: () => true, // what is no other's
    advice: () =>
      t('Install Node.js 20 or newer and put it on the PATH, or set "runtimeExecutable" in launch.json to its path.'),
    types: ['pwa-node'],
    command: ({ runtimeExecutable, runtimeVersion }) =>
      runtimeVersion ? undefined : ((runtimeExecutable as string | undefined) ?? 'node'), // js-debug asks a version manager
    endings: ['', '.js', '.cjs', '.mjs', '.ts', '.cts', '.mts', '.json', '.node'],
  },
  environment: ({ bundles, spool, settings }, own) => ({
    ...probeEnvironment(nodeProbeFile(bundles), spool, own['NODE_OPTIONS'], settings),
  }),
  inTerminals: (bundles) => ({ appended: { NODE_OPTIONS: ` ${probeOption(nodeProbeFile(bundles))}` } }),
  leavesAlone: (configuration) =>
    configuration.request !== 'launch' ||
    isSingleTarget(configuration) ||
    runsElsewhere(configuration) ||
    spoolOf(configuration) !== undefined,
  withProbe,
  obstacle: (started, { bundles, spool }) => permissionText(started, nodeProbeFile(bundles), spool),
};

function withProbe<C extends LaunchConfiguration>(configuration: C, setup: ProbeSetup, folder = '.'): C {
  const { cwd, env, skipFiles } = configuration;
  const nodeOptions = ownVariable('NODE_OPTIONS', configuration, typeof cwd === 'string' ? cwd : folder);
  return {
    ...configuration,
    // Stepping into `worker.terminate()` must not end in the probe.
    skipFiles: [...(Array.isArray(skipFiles) ? (skipFiles as unknown[]) : []), `**/${PROBE_SOURCE}`],
    env: { ...env, ...nodeProbe.environment(setup, nodeOptions === undefined ? {} : { NODE_OPTIONS: nodeOptions }) },
  };
}
