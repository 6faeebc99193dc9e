// The session's private folder, into which every process under the probe writes one file.
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { grouped } from '../../common/grouped';
import { HumanError, errorCode, messageOf } from '../../common/humanError';
import { t } from '../../common/l10n';
import { ACTIVITY_SUFFIX, SPOOL_PREFIX, SPOOL_SUFFIX, UNWRITTEN_SUFFIX } from '../../protocol/spool';
import { makeFolders } from '../makeFolders';
import { readRegular, UnfitFile } from '../regularFile';

const OWNER_FILE = 'owner.json';
/** Left in a spool by an adapter that was started again with it, for the adapter that follows the spool. */
const STARTED_AGAIN_FILE = 'started-again';

export interface SpoolOwner {
  /** Process that follows the spool; when it is gone the spool is left over. */
  pid: number;
  title: string;
  /** ms since 1970. */
  startedAt: number;
}

/** Makes a new spool folder below `parent`, or below the system's temporary folder; readable by this user alone. */
export function createSpool(title: string, parent: string = os.tmpdir()): string {
  try {
    makeFolders(parent);
    const folder = fs.mkdtempSync(path.join(parent, SPOOL_PREFIX));
    claimSpool(folder, title);
    return folder;
  } catch (error) {
    throw new HumanError(
      t(
        'The folder for the program’s thread events could not be created below {0} ({1}). Make it writable, or free space on its disk, and start again.',
        parent,
        errorCode(error) ?? messageOf(error),
      ),
    );
  }
}

/** From now on this process follows the spool. Creates its folder again if it was removed. */
export function claimSpool(folder: string, title: string, startedAt = Date.now()): void {
  makeFolders(folder, 0o700);
  const owner: SpoolOwner = { pid: process.pid, title, startedAt };
  const file = path.join(folder, OWNER_FILE);
  const draft = `${file}.${process.pid}`;
  for (const old of [draft, file]) if (isNoFile(old)) fs.rmSync(old, { recursive: true });
  fs.writeFileSync(draft, JSON.stringify(owner), { mode: 0o600 });
  fs.renameSync(draft, file); // whole at once, and into no link that lies there
}

/** Neither a file of ours nor nothing. */
const isNoFile = (file: string): boolean => fs.lstatSync(file, { throwIfNoEntry: false })?.isFile() === false;

/** Whether a process that lives follows the spool. */
export function isFollowed(folder: string): boolean {
  const found = readOwner(folder);
  return typeof found === 'object' && isAlive(found.pid);
}

/** Tells who follows the spool that its client started an adapter with it, and not the program. Never throws. */
export function tellStartedAgain(folder: string): void {
  try {
    fs.writeFileSync(path.join(folder, STARTED_AGAIN_FILE), '', { mode: 0o600 });
  } catch {
    // its follower has ended meanwhile, or sees that no program comes
  }
}

export const wasStartedAgain = (folder: string): boolean => fs.existsSync(path.join(folder, STARTED_AGAIN_FILE));

export function removeSpool(folder: string): void {
  fs.rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
}

/** Files of a process that tell of one thing, its lives or its activity, one after the other. */
export interface SpoolSource {
  /** When the process's probe started, in µs. */
  from: number;
  /** Their paths. */
  files: string[];
}

/** Names of the files in a spool folder. Throws a HumanError when it cannot be read. */
export function namesIn(folder: string): string[] {
  try {
    return fs.readdirSync(folder);
  } catch (error) {
    throw new HumanError(
      t('The thread events in {0} cannot be read ({1}).', folder, errorCode(error) ?? messageOf(error)),
    );
  }
}

/** Below a spool: files of processes that have ended, and that have been read by who follows it. */
const ENDED_FOLDER = 'ended';

export function endedIn(spool: string): { folder: string; names: string[] } {
  const folder = path.join(spool, ENDED_FOLDER);
  return { folder, names: isFolder(folder) ? namesIn(folder) : [] };
}

/** Nobody who looks into the spool comes by those files any more. Never throws: they may as well stay. */
export function putAside(spool: string, names: readonly string[]): void {
  const folder = path.join(spool, ENDED_FOLDER);
  try {
    if (!fs.existsSync(folder)) fs.mkdirSync(folder, { mode: 0o700 });
    if (isFolder(folder)) for (const name of names) fs.renameSync(path.join(spool, name), path.join(folder, name));
  } catch {
    // somebody removes the spool, or its disk is full
  }
}

/** And no link to one. */
const isFolder = (file: string): boolean => fs.lstatSync(file, { throwIfNoEntry: false })?.isDirectory() === true;

/** What is in a spool folder, oldest process first. */
export function spoolSources(folder: string, names: readonly string[]): SpoolSource[] {
  const ours = names.filter((name) => name.endsWith(SPOOL_SUFFIX) || name.endsWith(ACTIVITY_SUFFIX));
  ours.sort((a, b) => startOf(a) - startOf(b) || segmentOf(a) - segmentOf(b));
  return [...grouped(ours, sourceOf).values()].map((of) => ({
    from: startOf(of[0]!),
    files: of.map((name) => path.join(folder, name)),
  }));
}

/** Keys of the processes that could not write all of their records. */
export const unwrittenIn = (names: readonly string[]): string[] =>
  names.filter((name) => name.endsWith(UNWRITTEN_SUFFIX)).map((name) => name.slice(0, -UNWRITTEN_SUFFIX.length));

/** Key of the process that made a file of this name. */
export const keyIn = (name: string): string => name.slice(0, Math.max(0, name.indexOf('.')));

/** Second half of the process key: µs at which the process's probe started. */
const startOf = (name: string): number => Number(/-(\d+)\./.exec(name)?.[1] ?? 0);
const segmentOf = (name: string): number => Number(/\.(\d+)\.activity\./.exec(name)?.[1] ?? -1);
const sourceOf = (name: string): string => name.replace(/\.\d+(?=\.activity\.)/, '');

/** Spool folders below `parent` whose follower is gone without having cleaned up. */
export function leftOverSpools(parent: string): { folder: string; owner: SpoolOwner }[] {
  return fs
    .readdirSync(parent, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name.startsWith(SPOOL_PREFIX))
    .flatMap((entry) => {
      const folder = path.join(parent, entry.name);
      const owner = readOwner(folder);
      if (owner === 'none' || owner === 'unknown') return [];
      if (owner === 'odd') return [{ folder, owner: unknownOwner(folder) }];
      return isAlive(owner.pid) ? [] : [{ folder, owner }];
    });
}

/** Of a spool whose file of its owner nobody could have written, or not to its end. */
const unknownOwner = (folder: string): SpoolOwner => ({
  pid: 0,
  title: t('program'),
  startedAt: fs.lstatSync(folder).mtimeMs,
});

/** For so long a folder must have been left alone, in ms: its processes may be another container's, and unknown here. */
const ABANDONED_AFTER = 24 * 60 * 60 * 1000;

/** Removes the spools below `parent` whose follower has long been gone, and to which no process writes any more. */
export function removeAbandoned(parent: string): void {
  for (const { folder } of leftOverSpools(parent)) {
    try {
      const names = fs.readdirSync(folder);
      const changes = names.map((name) => fs.lstatSync(path.join(folder, name)).mtimeMs);
      const isLive = names.some((name) => name.endsWith(SPOOL_SUFFIX) && isAlive(Number.parseInt(name, 10)));
      if (!isLive && Math.max(...changes) < Date.now() - ABANDONED_AFTER) removeSpool(folder);
    } catch {
      // another process removes it at this moment, or it is not ours to remove
    }
  }
}

/** The folder below `parent` that a program in a terminal made for itself. */
export function ownSpoolOf(pid: number, parent: string): string | undefined {
  const made = madeByPrograms(parent).filter((one) => one.pid === pid);
  return made.sort((a, b) => b.startedAt - a.startedAt)[0]?.folder; // numbers of processes come again
}

/** Removes the folders of programs that have ended and that nobody ever followed. */
export function removeUnclaimed(parent: string): void {
  for (const { folder, pid } of madeByPrograms(parent)) {
    if (readOwner(folder) === 'none' && !isAlive(pid)) removeSpool(folder);
  }
}

function madeByPrograms(parent: string): { folder: string; pid: number; startedAt: number }[] {
  return fs.readdirSync(parent, { withFileTypes: true }).flatMap((entry) => {
    const { name } = entry;
    const [, pid, startedAt] = OWN_FOLDER.exec(name) ?? [];
    return pid && entry.isDirectory()
      ? [{ folder: path.join(parent, name), pid: Number(pid), startedAt: Number(startedAt) }]
      : [];
  });
}
const OWN_FOLDER = new RegExp(`^${SPOOL_PREFIX}(\\d+)-(\\d+)$`);

/** `odd`: in its place is something that no process of ours leaves there. `unknown`: the system does not let us see. */
function readOwner(folder: string): SpoolOwner | 'none' | 'odd' | 'unknown' {
  try {
    const owner: unknown = JSON.parse(readRegular(path.join(folder, OWNER_FILE), LONGEST_OWNER));
    return isOwner(owner) ? owner : 'odd';
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof UnfitFile) return 'odd';
    return errorCode(error) === 'ENOENT' ? 'none' : 'unknown';
  }
}
const LONGEST_OWNER = 1 << 20;

const isOwner = (value: unknown): value is SpoolOwner => {
  const { pid, title, startedAt } = (value ?? {}) as Record<keyof SpoolOwner, unknown>;
  return (
    isPid(pid) && typeof title === 'string' && typeof startedAt === 'number' && !isNaN(Number(new Date(startedAt)))
  );
};

/** Other numbers mean several processes, or none. */
const isPid = (pid: unknown): boolean => Number.isSafeInteger(pid) && (pid as number) > 0;

/** Whether a process with this pid exists; one of another user counts. */
export function isAlive(pid: number): boolean {
  if (!isPid(pid)) return false;
  try {
    process.kill(pid, 0);
    return !isZombie(pid);
  } catch (error) {
    return errorCode(error) === 'EPERM';
  }
}

/** On Linux a dead process that nobody has reaped still has its pid; it runs nothing any more. */
function isZombie(pid: number): boolean {
  if (process.platform !== 'linux') return false;
  try {
    const stat = fs.readFileSync(`/proc/${pid}/stat`, 'utf8');
    return /^[ZX]/.test(stat.slice(stat.lastIndexOf(')') + 2));
  } catch {
    return false; // no /proc: take the pid's word
  }
}
