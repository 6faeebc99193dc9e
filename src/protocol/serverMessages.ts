// The wire between an editor and the language server, in addition to LSP.

/** Request without parameters: paths of all scripts that are started as workers, once all files were looked through. */
export const WORKER_SCRIPTS = 'threadLifelines/workerScripts';

/** What a client may pass as `initializationOptions`. */
export interface ServerOptions {
  /** It has the command `threadLifelines.showRule`, which takes the id of a rule. */
  showsRules?: boolean;
  /** It has the command `threadLifelines.showPlaces`, which takes a URI, a position and locations. */
  showsPlaces?: boolean;
  /** As the setting `threadLifelines.lint`, for a client that cannot be asked for it. */
  settings?: unknown;
}
