// What is known of all modules together: who starts which script, and what rules find in each. Text of open editors comes
// before what is on disk.
import * as fs from 'node:fs';
import * as path from 'node:path';
import { manifestOf } from './manifest';
import { check } from './rules/rules';
import { Module, type Constant } from './source/module';
import type { Finding, RuleContext } from './rules/check';
import { scriptsIn, type ScriptReference } from './source/scripts';
import { startsIn, type Start, type Target } from './source/starts';
import { EXTENSIONS, LONGEST_TEXT, isSource, parse, reparse, type SourceFile, type Span } from './source/syntax';
import { looksLikeWorker, mayBeProgram, workerCodeOf, type WorkerCode } from './source/workerCode';

/** A module whose text has none of these words has nothing to do with threads. */
const RELEVANT =
  /worker_threads|piscina|tinypool|workerpool|jest-worker|poolifier|worker-threads-pool|\bsynckit|web-worker|['"](threads(\/worker)?|bree)['"]/;
/** Nearly every module of a program may have a logger, but few say where it writes to. */
const isRelevant = (text: string): boolean =>
  RELEVANT.test(text) || (text.includes('transport') && /['"]pino['"]/.test(text));
/** How many modules a constant is followed through. */
const MOST_MODULES = 4;
/** What an import may leave out. */
const ENDINGS = ['', ...EXTENSIONS, ...EXTENSIONS.map((extension) => `/index${extension}`)];
/** Trees of the modules read last are kept, up to this many characters in total. */
const MOST_KEPT = 1_000_000;

interface IndexEntry {
  relevant: boolean;
  /** Scripts that it starts, as it names them. */
  targets: string[];
  looksLikeWorker: boolean;
}

interface Read {
  module: Module;
  readonly starts: Start[];
  readonly scripts: ScriptReference[];
  code?: WorkerCode;
}

export interface Diagnosis {
  module: Module;
  findings: Finding[];
}

export class Project {
  private readonly open = new Map<string, string>();
  private readonly entries = new Map<string, IndexEntry>();
  private readonly starters = new Map<string, Set<string>>();
  private readonly trees = new Map<string, Read>();
  /** Characters of all trees. */
  private kept = 0;
  /** Files, also such as are not there, and who looked for constants in them. */
  private readonly importers = new Map<string, Set<string>>();
  private modules = 0;
  private roots: string[] = [];
  /** Results of looking on disk, kept while one request is answered. */
  private lookedUp: Map<string, string | undefined> | undefined;

  /** Folders that programs are started in, each without a slash at its end. */
  setRoots(roots: readonly string[]): void {
    this.roots = [...roots];
  }

  /** The text in an editor; undefined: it is closed, and what is on disk counts. `edited`: all that differs. */
  setText(file: string, text: string | undefined, edited?: Span & { length: number }): void {
    const old = this.trees.get(file)?.module.tree;
    this.forget(file);
    if (text === undefined) this.open.delete(file);
    else this.open.set(file, text);
    if (old && edited && text !== undefined && isRelevant(text))
      this.unlessTooDeep(() => this.keep(file, reparse(old, text, edited)));
    this.indexAgain(file);
  }

  /** It was made, changed or deleted on disk. */
  changed(file: string): void {
    if (this.open.has(file)) return;
    this.forget(file);
    this.indexAgain(file);
  }

  /** With all that its constants may say to others. */
  private indexAgain(file: string): void {
    const importers = this.importersOf(file);
    for (const importer of importers) this.forget(importer);
    for (const one of [file, ...importers]) this.index(one);
  }

  /** Modules that name scripts by constants of this one, also through others. */
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
    const read = isRelevant(text) ? this.read(file) : undefined;
    const targets = [...new Set((read?.scripts ?? []).flatMap((reference) => this.namedBy(reference, file) ?? []))];
    this.entries.set(file, {
      relevant: read !== undefined,
      targets,
      looksLikeWorker: read !== undefined && looksLikeWorker(read.module),
    });
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

  /** It counts no more, as if it were gone, but for what an editor shows. */
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

  /** All that some file starts as a worker, and that are there. */
  get scripts(): string[] {
    const names = new Set([...this.entries.values()].flatMap(({ targets }) => targets));
    return [...new Set([...names].flatMap((name) => this.onDisk(name) ?? []))];
  }

  /** Modules that start this script as a worker. */
  startersOf(file: string): string[] {
    return [...new Set(namesOf(file).flatMap((name) => [...(this.starters.get(name) ?? [])]))];
  }

  /** Scripts that it starts, as it names them. */
  targetsOf(file: string): readonly string[] {
    return this.entries.get(file)?.targets ?? [];
  }

  /** What the rules find; undefined where the file is gone, too long, or no program. */
  diagnose(file: string): Diagnosis | undefined {
    if (!this.entries.has(file)) this.index(file);
    const entry = this.entries.get(file);
    if (!entry || (!entry.relevant && this.startersOf(file).length === 0)) return undefined;
    const read = this.read(file);
    if (!read) return undefined;
    this.lookedUp = new Map();
    try {
      return this.unlessTooDeep(() => ({ module: read.module, findings: check(this.contextOf(file, read)) }));
    } finally {
      this.lookedUp = undefined;
    }
  }

  /** The script that a start names, where it is on disk. */
  targetOf(reference: { target: Target }, from: string): string | undefined {
    const name = this.namedBy(reference, from);
    return name === undefined ? undefined : this.onDisk(name);
  }

  /** Folder that the path in a reference is relative to. */
  baseOf({ target }: { target: Target }, from: string): string {
    return (target.kind === 'relative' ? this.rootOf(from) : undefined) ?? path.dirname(from);
  }

  private namedBy({ target }: { target: Target }, from: string): string | undefined {
    if (target.kind === 'file') return (target.resolves && this.sourceAt(from, target.path)) || target.path;
    const root = target.kind === 'relative' ? this.rootOf(from) : undefined;
    return root === undefined ? undefined : path.resolve(root, (target as { text: string }).text);
  }

  /** Tree and starts of a module; undefined where it cannot be read. */
  read(file: string): Read | undefined {
    const known = this.trees.get(file);
    if (known) {
      this.trees.delete(file); // the newest stand last
      this.trees.set(file, known);
      return known;
    }
    const text = this.textOf(file);
    return text === undefined ? undefined : this.unlessTooDeep(() => this.keep(file, parse(file, text)));
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

  private keep(file: string, tree: SourceFile): Read {
    const module = new Module(file, tree, (name, constant) => this.constantIn(file, name, constant));
    let starts: Start[] | undefined;
    let scripts: ScriptReference[] | undefined;
    const read: Read = {
      module,
      get starts() {
        return (starts ??= startsIn(module)); // a module that only gives constants is asked for none
      },
      get scripts() {
        return (scripts ??= scriptsIn(module, read.starts));
      },
    };
    this.trees.set(file, read);
    this.kept += tree.text.length;
    for (const oldest of this.trees.keys()) {
      if (this.kept <= MOST_KEPT || oldest === file) break;
      this.forget(oldest);
    }
    return read;
  }

  /** What the module that is imported by this name exports; undefined: it is no constant, or not to be found. */
  private constantIn(from: string, module: string, name: string): Constant | undefined {
    if (this.modules >= MOST_MODULES) return undefined;
    const there = this.sourceAt(from, path.resolve(path.dirname(from), module));
    if (there === undefined) return undefined;
    this.remember(there, from);
    this.modules++;
    try {
      return this.read(there)?.module.exportedConstant(name);
    } finally {
      this.modules--;
    }
  }

  /** The source that a path means, which may leave out its ending. Who asked is read again when a nearer one comes. */
  private sourceAt(from: string, base: string): string | undefined {
    for (const ending of ENDINGS) {
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
    this.kept -= this.trees.get(file)?.module.tree.text.length ?? 0;
    this.trees.delete(file);
  }

  private contextOf(file: string, read: Read): RuleContext {
    return {
      module: read.module,
      starts: read.starts,
      scripts: read.scripts,
      isWorker:
        !mayBeProgram(read.module) &&
        (this.startersOf(file).some((one) => one !== file) || this.entries.get(file)?.looksLikeWorker === true),
      workerOf: (start) => {
        if (start.target.kind === 'code') return evaluated(file, start.target.text);
        const target = this.targetOf(start, file);
        return target === undefined ? undefined : this.codeOf(target);
      },
      hasScript: (reference) => this.targetOf(reference, file) !== undefined,
      exists: (one) => this.onDisk(one) !== undefined,
      root: this.rootOf(file),
      manifest: () => manifestOf(file),
    };
  }

  private codeOf(file: string): WorkerCode | undefined {
    const read = this.read(file);
    return read && (read.code ??= workerCodeOf(read.module));
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

  /** The file itself, or the one of TypeScript that becomes it. */
  private onDisk(file: string): string | undefined {
    const { lookedUp } = this;
    if (!lookedUp) return this.lookUp(file);
    if (!lookedUp.has(file)) lookedUp.set(file, this.lookUp(file));
    return lookedUp.get(file);
  }

  private lookUp(file: string): string | undefined {
    const candidates = [file, file.replace(/\.([cm]?)js$/, '.$1ts'), file.replace(/\.js$/, '.tsx')];
    return candidates.find((one) => this.open.has(one) || fs.existsSync(one));
  }
}

/** Names that a script is started by: TypeScript also by the name of what it compiles to. */
const namesOf = (file: string): string[] => [...new Set([file, file.replace(/\.([cm]?)tsx?$/, '.$1js')])];

/** A script that stands in a string of the module that starts it. */
const evaluated = (file: string, text: string | undefined): WorkerCode | undefined =>
  text === undefined ? undefined : workerCodeOf(new Module(file, parse(`${file}.eval.js`, text)));
