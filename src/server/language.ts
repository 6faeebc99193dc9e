// What the server has to know of a programming language. The project, `lint` and the features of editors see spans of the
// text and what was concluded from it; syntax trees stay in the folder of their language.
import type { RuntimeId } from '../protocol/probeEvents';
import type { RuleId, Severity } from '../protocol/rules';

/** Texts that are longer, in characters, are minified or generated: nobody reads findings in them. */
export const LONGEST_TEXT = 1_000_000;

/** Offsets in UTF-16 units, as editors count. */
export interface Span {
  start: number;
  end: number;
}

export interface TextEdit extends Span {
  text: string;
}

/** What was replaced in a text: `end` is the old end, `length` the length of what is there now. */
export interface Edited extends Span {
  length: number;
}

/** Lines and characters count from 0. */
export interface Lines {
  readonly text: string;
  getLineStarts(): readonly number[];
  getLineAndCharacterOfPosition(offset: number): { line: number; character: number };
}

/**
 * The script of a thread. `file`: its path is known, but for its extension where it `resolves`; `relative`: to the working
 * directory, wherever that is; `code`: the script itself, where it is known.
 */
export type Target =
  | { kind: 'file'; path: string; resolves?: true }
  | { kind: 'relative'; text: string }
  | { kind: 'code'; text: string | undefined }
  | { kind: 'unknown' };

/** `unknown`: the thread goes out of sight, or is made a daemon at times. */
export type Fate = 'daemon' | 'keeps-alive' | 'unknown';

/** An expression that starts threads. */
export interface StartSpan {
  span: Span;
  /** Its beginning, up to the arguments. */
  callee: Span;
  /** What its threads are, in a word or two; absent: not known. */
  label?: string;
  /** What happens to its threads when the process ends, and why, as a sentence; absent: the script’s pool says it. */
  story?: string;
  /** Where what it makes is started, elsewhere in the text. */
  begins?: readonly Span[];
}

/** What a library is known to do with its threads. */
export interface Pool {
  /** Threads that wait for tasks do not keep the process alive. */
  daemons: boolean;
  /** Methods that give it a task. */
  tasks: readonly string[];
  /** Methods that end its threads. */
  ends: readonly string[];
}

/** An expression that starts threads, and the script that they run. */
export interface ScriptSpan {
  span: Span;
  /** Its beginning, up to the arguments. */
  callee: Span;
  /** Names the script; absent: nothing does. */
  script?: Span;
  /** The call of the function around it that names this script; absent where there is no such function. */
  call?: Span;
  target: Target;
  /** Absent: the threads are the runtime's own. */
  pool?: Pool;
}

/** An expression that starts threads, and the function that they run. */
export interface FunctionSpan {
  span: Span;
  callee: Span;
  /** `work()` */
  title: string;
  /** The source that the function is in; absent: the same. */
  file?: string;
  /** Its name there. */
  name: Span;
}

export interface StringLiteral {
  /** Without its quotes. */
  span: Span;
  text: string;
}

/** A string that stands for the kind of a message, by the property that has it. */
export interface MessageKind {
  property: string;
  /** `m.type === 'save'`, or `postMessage({ type: 'save' })`. */
  does: 'asks' | 'posts';
  literal: StringLiteral;
}

/** Changes the text so that the finding goes, and what the program does stays. */
export interface Fix {
  title: string;
  edits: TextEdit[];
}

export interface Finding {
  rule: RuleId;
  span: Span;
  /** What was seen, as a sentence. */
  message: string;
  /** Absent: the severity of the rule. */
  severity?: Severity;
  fix?: Fix;
}

/** A file that a language has read. */
export interface Reading {
  readonly lines: Lines;
  readonly starts: readonly StartSpan[];
  /** Those of the starts included. */
  readonly scripts: readonly ScriptSpan[];
  readonly functions: readonly FunctionSpan[];
  /** What the rules find, in the order of the text. */
  check(context: ProjectContext): Finding[];
  /** The string at an offset. */
  stringAt(offset: number): StringLiteral | undefined;
  stringsIn(span: Span): StringLiteral[];
  readonly messageKinds: readonly MessageKind[];
}

/** What rules may ask of other files while they look at one. */
export interface ProjectContext {
  /** Another file starts this one as a thread. */
  readonly isStarted: boolean;
  /** Folder that the program is likely to be started in. */
  readonly root: string | undefined;
  /** Whether there is such a file or folder, be it a source that is compiled to the file. */
  exists(path: string): boolean;
  /** The source of a script, where it is there. */
  scriptOf(target: Target): string | undefined;
  read(file: string): Reading | undefined;
}

/** What a reading may ask of other files. */
export interface Importer {
  /** The source at a path, which may lack its extension. Who asked is read again when that source comes or changes. */
  importAt(path: string): Reading | undefined;
}

/** What was read of a text before it was edited. */
export interface LastReading {
  reading: Reading;
  edited: Edited;
}

export interface Language {
  /** What runs it. */
  readonly runtime: RuntimeId;
  /** Extensions of its sources. */
  readonly extensions: readonly string[];
  /** Names of folders with what is installed or generated. */
  readonly leavesOut: readonly string[];
  /** What a path to a source may lack at its end, nothing first. */
  readonly endings: readonly string[];
  readonly comment: CommentSyntax;
  isSource(file: string): boolean;
  /** Sources that a path may mean: itself, and those that are compiled to it. */
  sourcesOf(file: string): string[];
  /** Paths by which a source is started: its own, and that of what it is compiled to. */
  namesOf(file: string): string[];
  /** Whether a text may have anything to do with threads. */
  isRelevant(text: string): boolean;
  /** @param last allows it to read again only what was edited */
  read(file: string, text: string, importer: Importer, last?: LastReading): Reading;
}

export interface CommentSyntax {
  line: string;
  block?: [begin: string, end: string];
}
