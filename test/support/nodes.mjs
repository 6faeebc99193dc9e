// Runs in the tests' and `npm start`'s own process: built-ins only. Gets Node.js in exact versions from npm.
import fs from 'node:fs';
import path from 'node:path';
import { installed, unpackPackage } from './downloads.mjs';

/** The versions that the probe supports: the newest of each line that is in use. */
const SUPPORTED = ['20.20.2', '22.23.3', '24.21.0', '26.10.0'];
/** One line older than we support. */
const OLD = '18.20.8';
/** Runs the browser build of VS Code, which does not start on Node 20. */
const FOR_VSCODE = '24.21.0';

/** Node.js in each version that the probe supports, oldest first. */
export async function nodeBinaries() {
  const binaries = [];
  for (const version of SUPPORTED) binaries.push(await nodeBinary(version));
  return binaries;
}

/** Node.js in a version that is too old for the probe. */
export function oldNode() {
  return nodeBinary(OLD);
}

/** A Node.js that can run the browser build of VS Code: the one that runs this, where it is new enough. */
export async function nodeForVSCode() {
  const major = Number(process.versions.node.split('.')[0]);
  return major === 22 || major === 24 ? process.execPath : (await nodeBinary(FOR_VSCODE)).path;
}

/**
 * @param {string} version
 * @returns {Promise<{ version: string, path: string }>}
 */
async function nodeBinary(version) {
  if (version === process.versions.node) return { version, path: process.execPath };
  const inPackage = process.platform === 'win32' ? 'bin/node.exe' : 'bin/node';
  const folder = await installed(`node-${version}`, async (draft) => {
    await unpackPackage(`${packageName()}@${version}`, draft, [inPackage]);
    fs.accessSync(path.join(draft, inPackage), fs.constants.X_OK);
  });
  return { version, path: path.join(folder, inPackage) };
}

function packageName() {
  const platform = process.platform === 'win32' ? 'win' : process.platform;
  const prefix = platform === 'darwin' && process.arch === 'arm64' ? 'node-bin' : 'node';
  return `${prefix}-${platform}-${process.arch}`;
}
