// The environment variables that bring the probe into a program, and into whatever that program starts.
import { ACTIVITY_VARIABLE, SPOOL_VARIABLE, activityText, type ActivitySettings } from '../../../protocol/spool';

export interface ProbeEnvironment {
  NODE_OPTIONS: string;
  [SPOOL_VARIABLE]: string;
  [ACTIVITY_VARIABLE]?: string;
}

/** @param nodeOptions the program's own NODE_OPTIONS, which stay and come first */
export function probeEnvironment(
  probe: string,
  spool: string,
  nodeOptions: string | undefined,
  settings: ActivitySettings = {},
): ProbeEnvironment {
  const load = probeOption(probe);
  const others = (nodeOptions ?? '').trim();
  const activity = activityText(settings);
  return {
    NODE_OPTIONS: others ? `${others} ${load}` : load,
    [SPOOL_VARIABLE]: spool,
    ...(activity === undefined ? {} : { [ACTIVITY_VARIABLE]: activity }),
  };
}

/** What loads the probe, as a part of NODE_OPTIONS. */
export const probeOption = (probe: string): string => `--require=${quotedForNodeOptions(probe)}`;

/**
 * Node splits NODE_OPTIONS at spaces outside double quotes; inside them a backslash escapes. A plain path stays bare,
 * so that the variable survives a shell or an env file unquoted.
 */
function quotedForNodeOptions(path: string): string {
  if (/^[\w./:@+-]+$/.test(path)) return path;
  return `"${path.replace(/[\\"]/g, '\\$&')}"`;
}
