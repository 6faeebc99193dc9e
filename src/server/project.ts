// What is known of all files together: who starts which script, and what rules find in each. The text in an open editor
// counts before that on disk.
import * as fs from 'node:fs';
import * as path from 'node:path';
import type { RuntimeId } from '../protocol/probeEvents';
import {
  LONGEST_TEXT,
  type CommentSyntax,
  type Edited,
  type Finding,
  type Importer,
  type Lines,
  type ProjectContext,
  type Reading,
  type Target,
} from './language';
import { isSource, languageOf } from './languages';
import { unsuppressed } from './suppression';

/** Readings of the files read last are kept, up to this many characters in total. */
const MOST_KEPT = 1_000_000;

interface IndexEntry {
  relevant: boolean;
  /** Paths of the scripts that it starts, as written there, and of sources with functions that its threads run. */
  targets: string[];
  /** The scripts alone. */
  scripts: string[];
}

export interface Diagnosis {
  lines: Lines;
  /** Whose words the findings have. */
  runtime: RuntimeId;
  comment: CommentSyntax;
  findings: Finding[];
}

export class Project {
  private readonly open = new Map<string, string>();
  private readonly entries = new Map<string, IndexEntry>();
  private readonly starters = new Map<string, Set<string>>();
  private readonly readings = new Map<string, Reading>();
  /** Characters of all readings. */
  private kept = 0;
  /** Who looked for constants in a file, by that file; the file may be missing. */
  private readonly importers = new Map<string, Set<string>>();
  private roots: string[] = [];
  /** Results of looking on disk, kept while one request is answered. */
  private lookedUp: Map<string, string | undefined> | undefined;

  /** Folders that programs are started in, without a slash at the end. */
  setRoots(roots: readonly string[]): void {
    this.roots = [...roots];
  }

  /** The text in an editor; undefined: the editor was closed, so the file on disk counts. `edited`: the only difference. */
  setText(file: string, text: string | undefined, edited?: Edited): void {
    const language = languageOf(file);
    const reading = this.readings.get(file);
    this.forget(file);
    if (text === undefined) this.open.delete(file);
    else this.open.set(file, text);
    if (reading && edited && text !== undefined && language?.isRelevant(text))
      this.unlessTooDeep(() => this.keep(file, language.read(file, text, this.importerFor(file), { reading, edited })));
    this.indexAgain(file);
  }

  /** It was made, changed or deleted on disk. */
  changed(file: string): void {
    if (this.open.has(file)) return;
    this.forget(file);
    this.indexAgain(file);
  }

  /** And the files that use its constants. */
  private indexAgain(file: string): void {
    const importers = this.importersOf(file);
    for (const importer of importers) this.forget(importer);
    for (const one of [file, ...importers]) this.index(one);
  }

  /** Files that name scripts by constants of this one, directly or through others. */
  importersOf(file: string): string[] {
    const found = new Set([file]);
    for (const one of found) for (const importer of this.importers.get(one) ?? []) found.add(importer);
    found.delete(file);
    return [...found];
  }

  /** Reads who starts what in it. A file that is gone is forgotten. */
  index(file: string): void {
    const before = this.entries.get(file);
    for (const target of before?.targets ?? []) this.starters.get(target)?.delete(file);
    const text = this.textOf(file);
    if (text === undefined) {
      this.entries.delete(file);
      return;
    }
    const read = languageOf(file)?.isRelevant(text) ? this.read(file) : undefined;
    const scripts = (read?.scripts ?? []).flatMap((reference) => this.namedBy(reference, file) ?? []);
    const targets = [...new Set([...scripts, ...(read?.functions ?? []).flatMap((one) => one.file ?? [])])];
    this.entries.set(file, { relevant: read !== undefined, targets, scripts });
    for (const target of targets) {
      const known = this.starters.get(target);
      if (known) known.add(file);
      else this.starters.set(target, new Set([file]));
    }
  }

  /** Every file that was looked at. */
  get indexed(): string[] {
    return [...this.entries.keys()];
  }

  knows(file: string): boolean {
    return this.entries.has(file);
  }

  /** Forgets it as if it were deleted, unless an editor shows it. */
  drop(file: string): void {
    if (this.open.has(file)) return;
    for (const target of this.entries.get(file)?.targets ?? []) this.starters.get(target)?.delete(file);
    this.entries.delete(file);
    this.forget(file);
  }

  /** Every file that was indexed and may hold findings. */
  get files(): string[] {
    return [...this.entries]
      .filter(([file, { relevant }]) => relevant || this.startersOf(file).length > 0)
      .map(([file]) => file);
  }

  /** Existing sources that some file starts as a thread. */
  get scripts(): string[] {
    const names = new Set([...this.entries.values()].flatMap(({ scripts }) => scripts));
    return [...new Set([...names].flatMap((name) => this.onDisk(name) ?? []))];
  }

  /** Files that start this script as a thread. */
  startersOf(file: string): string[] {
    return [
      ...new Set((languageOf(file)?.namesOf(file) ?? [file]).flatMap((name) => [...(this.starters.get(name) ?? [])])),
    ];
  }

  /** Paths of the scripts that it starts, as written there. */
  targetsOf(file: string): readonly string[] {
    return this.entries.get(file)?.targets ?? [];
  }

  /** What the rules find; undefined where the file is gone, too long, or has nothing to do with threads. */
  diagnose(file: string): Diagnosis | undefined {
    if (!this.entries.has(file)) this.index(file);
    const entry = this.entries.get(file);
    if (!entry || (!entry.relevant && this.startersOf(file).length === 0)) return undefined;
    const read = this.read(file);
    const language = languageOf(file);
    if (!read || !language) return undefined;
    const { comment, runtime } = language;
    const { lines } = read;
    this.lookedUp = new Map();
    try {
      return this.unlessTooDeep(() => {
        const findings = unsuppressed(read.check(this.contextOf(file)), lines, comment);
        return { lines, runtime, comment, findings };
      });
    } finally {
      this.lookedUp = undefined;
    }
  }

  /** The source of the script that is referred to, where it is there. */
  targetOf(reference: { target: Target }, from: string): string | undefined {
    const name = this.namedBy(reference, from);
    return name === undefined ? undefined : this.onDisk(name);
  }

  /** Folder that the path in a reference is relative to. */
  baseOf({ target }: { target: Target }, from: string): string {
    return (target.kind === 'relative' ? this.rootOf(from) : undefined) ?? path.dirname(from);
  }

  /** Its path, whether it is there or not. */
  private namedBy({ target }: { target: Target }, from: string): string | undefined {
    if (target.kind === 'file') return (target.resolves && this.sourceAt(from, target.path)) || target.path;
    const root = target.kind === 'relative' ? this.rootOf(from) : undefined;
    return root === undefined ? undefined : path.resolve(root, (target as { text: string }).text);
  }

  /** Undefined where the file cannot be read. */
  read(file: string): Reading | undefined {
    const known = this.readings.get(file);
    if (known) {
      this.readings.delete(file); // the newest stand last
      this.readings.set(file, known);
      return known;
    }
    const language = languageOf(file);
    const text = this.textOf(file);
    if (!language || text === undefined) return undefined;
    return this.unlessTooDeep(() => this.keep(file, language.read(file, text, this.importerFor(file))));
  }

  /** Undefined for code that is nested deeper than the stack: a machine wrote it. */
  private unlessTooDeep<T>(read: () => T): T | undefined {
    try {
      return read();
    } catch (error) {
      if (error instanceof RangeError) return undefined;
      throw error;
    }
  }

  private keep(file: string, reading: Reading): Reading {
    this.readings.set(file, reading);
    this.kept += reading.lines.text.length;
    for (const oldest of this.readings.keys()) {
      if (this.kept <= MOST_KEPT || oldest === file) break;
      this.forget(oldest);
    }
    return reading;
  }

  private importerFor(file: string): Importer {
    return {
      importAt: (place) => {
        const there = this.sourceAt(file, place);
        if (there === undefined) return undefined;
        this.remember(there, file);
        return this.read(there);
      },
    };
  }

  /** The source at a path that may lack its extension. The asking file is read again when a better match appears. */
  private sourceAt(from: string, base: string): string | undefined {
    for (const ending of languageOf(from)?.endings ?? []) {
      const file = base + ending;
      const there = isSource(file) ? this.onDisk(file) : undefined;
      if (there !== undefined) return there;
      if (isSource(file)) this.remember(file, from);
    }
    return undefined;
  }

  private remember(file: string, importer: string): void {
    const known = this.importers.get(file);
    if (known) known.add(importer);
    else this.importers.set(file, new Set([importer]));
  }

  private forget(file: string): void {
    this.kept -= this.readings.get(file)?.lines.text.length ?? 0;
    this.readings.delete(file);
  }

  private contextOf(file: string): ProjectContext {
    return {
      isStarted: this.startersOf(file).some((one) => one !== file),
      root: this.rootOf(file),
      exists: (one) => this.onDisk(one) !== undefined,
      scriptOf: (target) => this.targetOf({ target }, file),
      read: (one) => this.read(one),
    };
  }

  private rootOf(file: string): string | undefined {
    return this.roots.filter((root) => file.startsWith(root + path.sep)).sort((a, b) => b.length - a.length)[0];
  }

  private textOf(file: string): string | undefined {
    if (!isSource(file)) return undefined;
    const open = this.open.get(file);
    if (open !== undefined) return open.length > LONGEST_TEXT ? undefined : open;
    try {
      if (fs.statSync(file).size > LONGEST_TEXT) return undefined;
      return fs.readFileSync(file, 'utf8');
    } catch {
      return undefined; // it has just gone, or is not ours to read
    }
  }

  /** The file itself, or a source that is compiled to it. */
  private onDisk(file: string): string | undefined {
    const { lookedUp } = this;
    if (!lookedUp) return this.lookUp(file);
    if (!lookedUp.has(file)) lookedUp.set(file, this.lookUp(file));
    return lookedUp.get(file);
  }

  private lookUp(file: string): string | undefined {
    const candidates = languageOf(file)?.sourcesOf(file) ?? [file];
    return candidates.find((one) => this.open.has(one) || fs.existsSync(one));
  }
}
