// What we print. Whoever reads it may leave at any time, as `head` does: that changes nothing of what we do.
import { errorCode, messageOf } from '../common/humanError';

const FAILURE_CODE = 1;
const NOBODY_READS = 'EPIPE';

/** No text that cannot be printed ends this process. It fails only where someone still waits for what got lost. */
export function surviveLostOutput(): void {
  let isLost = false;
  process.stderr.on('error', () => undefined);
  process.stdout.on('error', (error) => {
    const code = errorCode(error) ?? messageOf(error);
    if (isLost || code === NOBODY_READS) return;
    isLost = true;
    process.once('exit', () => (process.exitCode ||= FAILURE_CODE));
    process.stderr.write(`thread-lifelines: the output could not be written (${code}).\n`);
  });
}
