// Runs inside the debugged program, in each of its threads, before the program's first line. It must not throw, print,
// keep anything alive, or change what the program does; whatever goes wrong here, the program goes on without a probe.
import { start } from './start';
import { tellUnsupported } from './unsupported';

/** The oldest Node that tells of a worker's start on a diagnostics channel, and whose internals the hooks know. */
const OLDEST_MAJOR = 20;

try {
  if (Number.parseInt(process.versions.node, 10) < OLDEST_MAJOR) tellUnsupported();
  else start();
} catch {
  // The program must not notice.
}
