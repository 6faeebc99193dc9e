// What is known of js-debug's configurations. Knows no VS Code.

/** The types of js-debug’s that launch Node; `node` in launch.json has become `pwa-node` when we see it. */
export const JS_DEBUG_TYPES = ['pwa-node', 'node-terminal'] as const;

const SINGLE_TARGET = '__pendingTargetId';
const ELSEWHERE = ['remoteRoot', 'useWSL'];

/** Whether a session with this configuration stands for one process or thread of another session's program. */
export const isSingleTarget = (configuration: object): boolean => SINGLE_TARGET in configuration;

/** Whether such a session is attached to a program of this machine that runs already, or that a terminal has started. */
export const isAttached = ({ type, request, ...rest }: { type?: unknown; request?: unknown }): boolean =>
  JS_DEBUG_TYPES.some((known) => known === type) && request === 'attach' && !runsElsewhere(rest);

/** In a container, on another machine, in another system. */
export const runsElsewhere = (configuration: Readonly<Record<string, unknown>>): boolean =>
  ELSEWHERE.some((option) => configuration[option]);
