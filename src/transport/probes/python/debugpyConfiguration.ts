// What is known of debugpy's configurations. Knows no VS Code.

/** Its debug types: the one it has now, and the one that launch.json had before. */
export const DEBUGPY_TYPES = ['debugpy', 'python'] as const;

/** Names this machine, in the configuration of a session that attaches by a port. */
const HERE = ['localhost', '127.0.0.1', '::1', ''];

/** Whether a session with this configuration stands for a child process of another session's program. */
export const isSubprocess = (configuration: object): boolean => 'subProcessId' in configuration;

/** Whether such a session is attached to a program of this machine that runs already. */
export function isAttachedHere(configuration: Readonly<Record<string, unknown>>): boolean {
  if (configuration['request'] !== 'attach' || isSubprocess(configuration)) return false;
  const address = (configuration['connect'] ?? configuration['listen'] ?? configuration) as { host?: unknown };
  return typeof address.host !== 'string' || HERE.includes(address.host);
}
