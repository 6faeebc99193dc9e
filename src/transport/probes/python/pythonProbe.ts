// Python's probe: a folder at the front of PYTHONPATH, of which Python loads `sitecustomize` at its start.
import * as path from 'node:path';
import { ACTIVITY_VARIABLE, SPOOL_VARIABLE, activityText } from '../../../protocol/spool';
import type { Probe } from '../probe';
import { isolationText } from './isolation';

/** Folder of the probe. Nothing else may be in it: what a program imports is looked for there first. */
export const pythonProbeFolder = (bundles: string): string => path.join(bundles, 'python');

export const pythonProbe: Probe = {
  runtime: 'python',
  debugTypes: [], // its debugger's sessions are not followed yet
  launch: {
    type: 'debugpy',
    command: ({ python }) => (typeof python === 'string' ? python : undefined), // else its extension chooses one
    endings: ['', '.py'],
  },
  environment: ({ bundles, spool, settings }, own) => {
    const activity = activityText(settings ?? {});
    return {
      ...pythonPath(pythonProbeFolder(bundles), own['PYTHONPATH']),
      [SPOOL_VARIABLE]: spool,
      ...(activity === undefined ? {} : { [ACTIVITY_VARIABLE]: activity }),
    };
  },
  appended: () => ({}), // programs of terminals are followed where their debugger attaches to them
  leavesAlone: () => true,
  withProbe: (configuration) => configuration,
  obstacle: isolationText,
};

/** @param own the program's own folders, which stay; an empty one among them would be the working folder */
function pythonPath(folder: string, own: string | undefined): { PYTHONPATH?: string } {
  if (folder.includes(path.delimiter)) return {}; // it would be taken for two
  return { PYTHONPATH: own ? `${folder}${path.delimiter}${own}` : folder };
}
