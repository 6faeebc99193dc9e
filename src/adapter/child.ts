// What runs the program, as the adapter sees it: a session of a debugger, which the client starts and stops, or a process of
// our own (ownChild.ts).
import type { ChildConfiguration } from '../protocol/adapterEvents';

export interface Child {
  /** Resolves when the client has taken the order; rejects with a reason for a person. */
  start(configuration: ChildConfiguration, noDebug: boolean): Promise<void>;
  /**
   * Asks the client to stop it; what follows is reported by `childEnded` or by its processes' end.
   * @param endProgram asks the program's processes to end
   */
  stop(endProgram: () => void): void;
  /** Ends it for certain, where it is a process of ours. */
  kill?(): void;
}

/** Our own extension starts the child through VS Code's API, because there the reverse request cannot change the type. */
export function childByEvents(send: (event: 'startChild' | 'stopChild', body: unknown) => void): Child {
  return {
    start: (configuration, noDebug) => {
      send('startChild', { configuration, noDebug });
      return Promise.resolve();
    },
    stop: () => send('stopChild', {}),
  };
}

/**
 * Any other client starts the child on DAP's reverse request. DAP has none to stop it: the program's processes are asked
 * to end, and the child session ends with them.
 */
export function childByReverseRequest(startDebugging: (configuration: ChildConfiguration) => Promise<void>): Child {
  return {
    start: (configuration, noDebug) => startDebugging(noDebug ? { ...configuration, noDebug } : configuration),
    stop: (endProgram) => endProgram(),
  };
}
