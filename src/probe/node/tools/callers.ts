// Questions about who called that only the other parts of the probe ask.
import type { Site } from '../../../protocol/probeEvents';
import { FRAMES_TO_OWN, type Frame } from '../given';
import { frames, isProgram, isWorkerConstructor, siteOf } from './callSite';
import { includes, matchOf, split } from './text';

export const PACKAGES = 'node_modules';

export const isInPackage = ({ file }: Frame): boolean => includes(file, PACKAGES);

/** The program's own line, before that of a package. */
export const ownSite = (): Site | undefined => ownSiteIn(frames(FRAMES_TO_OWN));

export function ownSiteIn(stack: Frame[]): Site | undefined {
  let innermost: Frame | undefined;
  for (let i = 0; i < stack.length; i++) {
    const frame = stack[i]!;
    if (!isProgram(frame)) continue;
    if (!isInPackage(frame)) return siteOf(frame);
    innermost ??= frame;
  }
  return innermost && siteOf(innermost);
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

/** The package that a path lies in. */
export function packageOf(file: string): string | undefined {
  const parts = split(file, PACKAGES);
  const match = parts.length > 1 ? matchOf(IN_PACKAGES, parts[parts.length - 1]!) : null;
  return match?.[1];
}
const IN_PACKAGES = /^[\\/]((?:@[^\\/]+[\\/])?[^\\/]+)[\\/]/;

export const isSame = (a: Site, b: Site): boolean => a.line === b.line && a.column === b.column && a.file === b.file;
