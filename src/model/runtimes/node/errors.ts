// What Node's errors say. Pure.
import type { RuntimeErrors } from '../runtime';

const NOT_FOUND = /^(Cannot find (module|package)|Unknown file extension)/;

/** The method of Node’s own that emits a worker’s "exit". */
const EXIT_LISTENER = /\[kOnExit\] \(node:internal\/worker:/;

export const errors: RuntimeErrors = {
  /** Not of what the script itself loads: the message names the script. */
  fileFailed: (message, file) => {
    if (!NOT_FOUND.test(message)) return undefined;
    const [first = ''] = message.split('\n', 1);
    if (!namedIn(first).includes(withoutScheme(file))) return undefined;
    return message.startsWith('Unknown') ? 'not-runnable' : 'missing';
  },
  isOfExitListener: (stack) => EXIT_LISTENER.test(stack),
  isInterrupt: () => false,
};

function withoutScheme(file: string): string {
  const rest = file.replace(/^file:\/\//, '');
  try {
    return decodeURI(rest);
  } catch {
    return rest; // it is no URL: a file may be called anything
  }
}
/** An ES module is named as what is missing, then as who asks for it. */
const namedIn = (message: string): string => message.replace(/ imported from .*/s, '');
