// Reads files that a program under debug named, or could have put in their place: a pipe would be waited for, a device read
// without end, and on Windows a path to another computer would send it the person's credentials.
import * as fs from 'node:fs';

const { O_RDONLY, O_NONBLOCK = 0, O_NOFOLLOW = 0 } = fs.constants;

/** It is something else than a file with an end, or larger than wanted. */
export class UnfitFile extends Error {}

/**
 * Opens nothing but a file, and does not wait for it. `refuse`: the folder is ours, wherever it is, and what is in it may be
 * a link. Throws an UnfitFile, or what the system says.
 */
export function openRegular(file: string, links: 'follow' | 'refuse' = 'follow'): number {
  const stat = links === 'follow' ? fs.statSync : fs.lstatSync;
  if (links === 'follow' && isOnNetwork(file)) throw new UnfitFile(file);
  if (!stat(file).isFile()) throw new UnfitFile(file); // opening some devices already does something
  const fd = fs.openSync(file, O_RDONLY | O_NONBLOCK | (links === 'refuse' ? O_NOFOLLOW : 0));
  if (fs.fstatSync(fd).isFile()) return fd;
  fs.closeSync(fd);
  throw new UnfitFile(file);
}

/** The text of a file of at most so many bytes. Throws as `openRegular` does. */
export function readRegular(file: string, most: number): string {
  const fd = openRegular(file);
  try {
    if (fs.fstatSync(fd).size > most) throw new UnfitFile(file);
    return fs.readFileSync(fd, 'utf8');
  } finally {
    fs.closeSync(fd);
  }
}

/** Whether it is a file of this computer. Nothing is asked of another one. */
export function isFileHere(file: string): boolean {
  try {
    return !isOnNetwork(file) && fs.statSync(file).isFile();
  } catch {
    return false;
  }
}

/** `\\host\share`, in any slashes: on Windows, to look at such a path is to log on to that computer. Devices begin so too. */
export const isOnNetwork = (file: string): boolean => /^[\\/]{2}/.test(file);
