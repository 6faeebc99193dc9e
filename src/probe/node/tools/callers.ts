// Questions about who called that only the other parts of the probe ask.
import type { Site } from '../../../protocol/probeEvents';
import { frames, isProgram, isWorkerConstructor, siteOf } from './callSite';
import { includes } from './text';

/** A package may call far down before it starts a worker. */
const FRAMES_TO_OWN = 60;
const PACKAGES = 'node_modules';

/** The program's innermost frame, and its innermost that is in no package. */
export function callSites(): { innermost: Site | undefined; own: Site | undefined } {
  const stack = frames(FRAMES_TO_OWN);
  let innermost: Site | undefined;
  for (let i = 0; i < stack.length; i++) {
    const frame = stack[i]!;
    if (!isProgram(frame)) continue;
    const inPackage = includes(frame.file, PACKAGES);
    if (!inPackage && innermost) return { innermost, own: siteOf(frame) };
    innermost ??= siteOf(frame);
    if (!inPackage) return { innermost, own: innermost };
  }
  return { innermost, own: undefined };
}

/** The program's own line, before that of a package. */
export function ownSite(): Site | undefined {
  const { own, innermost } = callSites();
  return own ?? innermost;
}

/** Where the program does something with a port; undefined for what Node does while it makes a worker. */
export function portSite(): Site | undefined {
  const stack = frames();
  for (let i = 0; i < stack.length; i++) {
    const frame = stack[i]!;
    if (isProgram(frame)) return siteOf(frame);
    if (isWorkerConstructor(frame)) return undefined;
  }
  return undefined;
}

export const isSame = (a: Site, b: Site): boolean => a.line === b.line && a.column === b.column && a.file === b.file;
