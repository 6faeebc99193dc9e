// What a runtime must say of its threads, so that no conclusion asks which runtime it is. Each runtime is a folder beside
// this file. Phrases stand after a colon, those of an end from outside also after “was”. Pure.
import type { BlockingKind } from '../../protocol/activity';
import type { Flip, RuntimePicture } from '../../protocol/picture';
import type { RuntimeId, Site, Thing } from '../../protocol/probeEvents';
import type { ThreadFacts } from '../facts/facts';

export interface Runtime {
  id: RuntimeId;
  /** As people call it, such as “Node 24.1.0”. */
  label: (version: string) => string;
  /** The oldest version that can be observed. */
  oldestVersion: string;
  /** Its own words for a thread, for “keeps the process alive” and “daemon”, and the calls that make a thread so. */
  words: () => RuntimeWords;
  /** A thread that ends takes along those that it started. */
  endsWithOwner: boolean;
  /** A call that ends a thread leaves undone what that had only asked for, such as a write to a file. */
  exitDropsWork: boolean;
  /** A thread keeps the process alive only while its owner does, up to main. */
  keepsAliveThroughOwner: boolean;
  /** Its threads turn event loops: one that does not is held up. */
  hasLoops: boolean;
  /** Its threads take turns under one lock, so that only one at a time runs its code. */
  takesTurns: (missing: ReadonlySet<string>) => boolean;
  /** Whether its owner, or the process, waits for the thread, from its start on. Empty for main and when its start was not seen. */
  flips: (thread: ThreadFacts) => Flip[];
  /** A name that the runtime gave, or a package, and not the program. */
  isDefaultName: (name: string, pack: string | undefined) => boolean;
  /** What a thread is called that the program gave no name and no file. */
  unnamed: (thread: ThreadFacts) => string;
  /** A thread as the subject of a sentence, by its label. */
  named: (label: string) => string;
  /** What its own threads are called, those that the program did not ask for. */
  internal: () => string;
  /**
   * What a thread of such a package is called. @param scripts the program’s that it runs; `loads`: all that the package’s
   * script was told to load, of which some are not named where there are `more`
   */
  ofPackage: (pack: string, thread: PackageThread) => string;
  /** Packages that are known for their threads, which belong together. */
  poolPackages: readonly string[];
  /** Whether this package compiles, bundles or measures programs, and is no part of one. */
  isTool: (pack: string) => boolean;
  /** Those of them whose threads are given lines, which nobody answers. */
  streamPackages: readonly string[];
  /** What cannot be seen where these hooks of the probe are missing. */
  unseen: (missing: readonly string[]) => string[];
  /** What keeps a loop turning, in words such as “2 timers”; without ports. */
  resources: (counts: Record<string, number>) => string[];
  /** The same of one that more is known of, such as “an HTTP server on port 80”. */
  thing: (thing: Thing) => string;
  /** Whether what keeps a loop turning, by its name, is over when it is done. */
  isRequest: (resource: string) => boolean;
  blocking: (kind: BlockingKind, waitedFor?: WaitedFor) => BlockingPhrases;
  /** What a thread waits in while one of the runtime’s own loads a module for it. */
  loading: () => string;
  /** Why a process that lives may not say where its threads are, as a phrase. */
  noAnswer: () => string;
  /** By what it asks for a message without waiting for it. */
  polling: () => string;
  /** Only another thread ends such a wait; else something outside of the process may, and the thread is at work. */
  waitsForThread: (kind: BlockingKind) => boolean;
  endings: EndingPhrases;
  daemons: DaemonPhrases;
  errors: RuntimeErrors;
}

export interface PackageThread {
  id: number;
  scripts: readonly string[];
  loads: readonly string[];
  more: number;
}

/** What is known of that for which a thread waits: the label of a thread, and what the program calls the object. */
export interface WaitedFor {
  whom?: string;
  name?: string;
}

/** What a thread waits in. */
export interface BlockingPhrases {
  /** As the program names it. */
  name: string;
  /** “it waits in …”, “it waited in …” */
  waits: string;
  waited: string;
}

export type RuntimeWords = Omit<RuntimePicture, 'id' | 'label' | 'oldest' | 'endsWithOwner' | 'exitDropsWork'>;

export interface ExitCode {
  code: number;
  /** The program had set it. */
  chosen?: true | undefined;
}

export interface EndingPhrases {
  /** The thread's code came to its end. */
  returned: (end: ExitCode & { isMain: boolean }) => string;
  /** The thread tells its end, and not whether an error made it. */
  isUntold: (thread: ThreadFacts) => boolean;
  /** Whether the process ended with another exit code than main had told, so that something else ended main. */
  isBelied: (told: number, code: number) => boolean;
  /** Main ended although its code still waited for something. */
  isUnsettled: (end: ExitCode) => boolean;
  /** @param code undefined where it is not known */
  exitCalled: (code: number | undefined, at: Site | undefined, isMain: boolean) => string;
  /** A call that ends the process at once, in whatever all of its threads do. */
  abruptlyEnded: (code: number | undefined, at: Site | undefined) => string;
  /** In what main waits for threads that do not stop. */
  awaited: (isCalled: boolean) => string;
  terminateCalled: (at: Site | undefined) => string;
  outOfMemory: () => string;
  /** Of a thread that was there when main ended. `abrupt`: a call ended the process at once. */
  killedWithMain: (main: { because: string; returned: boolean; abrupt: boolean }) => string;
}

/** What is said of a thread that was made a daemon. */
export interface DaemonPhrases {
  /** A sentence: nobody waited for it. `at`: where it was made one. */
  killedWhenMainWasDone: (label: string, at: Site) => string;
  /** The same where that line is not known, or the process did not end at that very moment. */
  killedAtTheEnd: (label: string) => string;
  /** Beside that line. */
  madeHere: () => string;
}

export interface RuntimeErrors {
  /** Whether `message` says that the file of a thread, `file`, is not there or cannot be run. */
  fileFailed: (message: string, file: string) => 'missing' | 'not-runnable' | undefined;
  /** Whether an error with this stack was thrown where a thread heard that another one has ended. */
  isOfExitListener: (stack: string) => boolean;
  /** Whether it is how the language tells that a person interrupted the program. */
  isInterrupt: (name: string) => boolean;
}
