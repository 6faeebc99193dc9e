// `mkdir -p`. Node's own `recursive` never ends where the system says of a new folder that its parent is not there although
// it is, as below `/proc`.
import * as fs from 'node:fs';
import * as path from 'node:path';

/** Throws when the folder is not there in the end. */
export function makeFolders(folder: string, mode = 0o777): void {
  const parent = path.dirname(folder);
  if (parent !== folder && !fs.existsSync(parent)) makeFolders(parent, mode);
  try {
    fs.mkdirSync(folder, { mode });
  } catch (error) {
    if (!fs.statSync(folder, { throwIfNoEntry: false })?.isDirectory()) throw error;
  }
}
