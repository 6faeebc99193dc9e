// The wire between an editor and the language server, in addition to LSP.

/** Request without parameters: paths of all scripts that are started as workers, once all files were looked through. */
export const WORKER_SCRIPTS = 'threadLifelines/workerScripts';

/**
 * Notification with a list of `ShownOfRun`: what an editor shows of a run, so that the server does not say the same again.
 * The list replaces the last one.
 */
export const SHOWN_OF_RUN = 'threadLifelines/shownOfRun';

/** Of one file. Lines count from 0, and are those of the text as the editor has it. */
export interface ShownOfRun {
  uri: string;
  /** Behind them stands what the threads of the line are: they have no inlay hints. */
  lines: number[];
  problems: ShownProblem[];
}

export interface ShownProblem {
  line: number;
  rule: string;
}

/** What a client may pass as `initializationOptions`. */
export interface ServerOptions {
  /** It has the command `threadLifelines.showRule`, which takes the id of a rule. */
  showsRules?: boolean;
  /** It has the command `threadLifelines.showPlaces`, which takes a URI, a position and locations. */
  showsPlaces?: boolean;
  /** As the setting `threadLifelines.lint`, for a client that cannot be asked for it. */
  settings?: unknown;
}
