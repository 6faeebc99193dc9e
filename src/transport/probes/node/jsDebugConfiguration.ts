// A launch configuration of js-debug's with the probe in it, and which ones are left as they are. Knows no VS Code.
import { SPOOL_VARIABLE, type ActivitySettings } from '../../../protocol/spool';
import { ownNodeOptions, type EnvironmentOptions } from '../launchEnvironment';
import { probeEnvironment } from './environment';

export interface NodeConfiguration extends EnvironmentOptions {
  type: string;
  name: string;
  request: string;
  [option: string]: unknown;
}

/** Not by us: js-debug's sessions of single processes and threads, which run already; what runs elsewhere. */
const SINGLE_TARGET = '__pendingTargetId';
const ELSEWHERE = ['remoteRoot', 'useWSL'];

export function isLeftAlone(configuration: NodeConfiguration): boolean {
  return (
    configuration.request !== 'launch' ||
    SINGLE_TARGET in configuration ||
    ELSEWHERE.some((option) => configuration[option]) ||
    spoolOf(configuration) !== undefined
  );
}

/** Where the program of such a session writes, when it has the probe: from us, from our own type, or by hand. */
export function spoolOf({ env }: Record<string, unknown>): string | undefined {
  const spool = (env as NodeConfiguration['env'])?.[SPOOL_VARIABLE];
  return typeof spool === 'string' && spool !== '' ? spool : undefined;
}

/** Whether a session with this configuration stands for one process or thread of another session's program. */
export const isSingleTarget = (configuration: object): boolean => SINGLE_TARGET in configuration;

/** Whether such a session is attached to a program of this machine that runs already, or that a terminal has started. */
export const isAttachedTo = ({ type, request, ...rest }: NodeConfiguration): boolean =>
  (type === 'pwa-node' || type === 'node-terminal') &&
  request === 'attach' &&
  !ELSEWHERE.some((option) => rest[option]);

/** Throws when `envFile` cannot be read: then NODE_OPTIONS in it would be lost by ours. */
export function withProbe<C extends NodeConfiguration>(
  configuration: C,
  probe: string,
  spool: string,
  folder: string | undefined,
  settings: ActivitySettings,
): C {
  const { cwd, env, skipFiles } = configuration;
  const nodeOptions = ownNodeOptions(configuration, typeof cwd === 'string' ? cwd : (folder ?? '.'));
  return {
    ...configuration,
    // Stepping into `worker.terminate()` must not end in the probe.
    skipFiles: [...(Array.isArray(skipFiles) ? (skipFiles as unknown[]) : []), probe],
    env: { ...env, ...probeEnvironment(probe, spool, nodeOptions, settings) },
  };
}
