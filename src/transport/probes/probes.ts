// The probes that there are. `record`, `env` and terminals bring all of them in: who runs a command need not know in what
// its programs are written.
import { nodeProbe } from './node/nodeProbe';
import type { LaunchConfiguration, Probe, ProbeSetup } from './probe';
import { pythonProbe } from './python/pythonProbe';

export const PROBES: readonly Probe[] = [nodeProbe, pythonProbe];

/** Debug types of all runtimes. */
export const DEBUG_TYPES: readonly string[] = PROBES.flatMap(({ debugTypes }) => debugTypes);

/** Of the program that is to be run with these options of our own debug type. */
export const probeFor = (options: Readonly<Record<string, unknown>>): Probe =>
  [...PROBES].reverse().find(({ launch }) => launch.takes(options)) ?? nodeProbe;

export const probeOf = (debugType: string): Probe | undefined =>
  PROBES.find(({ debugTypes }) => debugTypes.includes(debugType));

/** @param own the environment that the program would have without us */
export const probeVariables = (setup: ProbeSetup, own: NodeJS.ProcessEnv): Record<string, string> =>
  Object.assign({}, ...PROBES.map((probe) => probe.environment(setup, own))) as Record<string, string>;

/**
 * The configuration with all probes in it: what the program starts may be of another runtime. Throws when its `envFile` cannot be
 * read.
 * @param probe of the runtime that its debugger is for
 * @param folder where the configuration is, in case it names no working folder
 */
export function withProbes<C extends LaunchConfiguration>(
  configuration: C,
  probe: Probe,
  setup: ProbeSetup,
  folder?: string,
): C {
  const others = PROBES.filter((other) => other !== probe);
  const own = probe.withProbe(configuration, setup, folder);
  return others.reduce((made, other) => ({ ...made, env: other.withProbe(made, setup, folder).env }), own);
}
