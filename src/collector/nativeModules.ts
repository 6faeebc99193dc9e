// Which native modules a process has loaded, as the system tells it (Linux). Of a crash that is half of what people need to
// know, and afterwards nobody can tell it any more. Nothing of this costs the program anything.
import * as fs from 'node:fs';
import type { NativeModules } from '../protocol/probeEvents';

const MOST_PROCESSES = 16;
/** Of one process. */
const MOST_MODULES = 100;
/** Between two looks, in µs: while a process is young, and later. */
const SHORT = 0.5e6;
const LONG = 10e6;
const YOUNG = 10e6;
/** Larger ones, in bytes, are not read to their ends. */
const MOST_TEXT = 4 * 1024 * 1024;

interface Watched {
  since: number;
  next: number;
  known: Set<string>;
}

export class NativeModuleLooks {
  private readonly watched = new Map<string, Watched>();

  /** @param root where the system tells of processes */
  constructor(private readonly root = process.platform === 'linux' ? '/proc' : undefined) {}

  /** What is new of these processes (key, pid), at time `t` in µs. */
  look(processes: readonly (readonly [string, number])[], t: number): NativeModules[] {
    if (this.root === undefined || processes.length > MOST_PROCESSES) return [];
    const keys = new Set(processes.map(([p]) => p));
    for (const key of this.watched.keys()) if (!keys.has(key)) this.watched.delete(key);
    return processes.flatMap(([p, pid]) => this.lookAt(p, pid, t));
  }

  private lookAt(p: string, pid: number, t: number): NativeModules[] {
    let watched = this.watched.get(p);
    if (!watched) this.watched.set(p, (watched = { since: t, next: t, known: new Set() }));
    const { known, next, since } = watched;
    if (t < next || known.size >= MOST_MODULES) return [];
    watched.next = t + (t - since < YOUNG ? SHORT : LONG);
    const files = modulesIn(`${this.root}/${pid}/maps`).filter((file) => !known.has(file));
    for (const file of files) known.add(file);
    return files.length > 0 ? [{ k: 'native-modules', p, t, files: files.slice(0, MOST_MODULES) }] : [];
  }
}

/** As in `man 5 proc_pid_maps`: a path stands at the end of a line. One that was replaced meanwhile is marked so. */
function modulesIn(file: string): string[] {
  try {
    const text = fs.readFileSync(file, 'utf8').slice(0, MOST_TEXT);
    return [...new Set([...text.matchAll(/ (\/[^\n]*\.node)(?: \(deleted\))?$/gm)].map(([, path]) => path!))];
  } catch {
    return []; // it is gone, or another user's
  }
}
