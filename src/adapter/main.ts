// Entry of the debug adapter: a process of its own that speaks DAP on stdio and nothing else there.
import { LifelinesSession } from './session';

/** How long the debugger that vanished together with the client may take to end the program. */
const ABANDON_GRACE_MS = 1_500;

const session = new LifelinesSession(__dirname);
// The answer to `disconnect` has to be out first.
session.on('over', () => process.stdout.write('', () => leave(0)));
process.stdin.on('end', () => leave(ABANDON_GRACE_MS));
process.on('SIGTERM', () => leave(0));
process.on('SIGINT', () => leave(0));
session.start(process.stdin, process.stdout);

let leaving = false;
function leave(graceMs: number): void {
  if (leaving) return;
  leaving = true;
  void session.abandon(graceMs).finally(() => process.exit(0));
}
