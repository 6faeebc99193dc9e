// A test that says that it runs, by no detour over main, and never returns.
import { writeSync } from 'node:fs';
import { test } from 'vitest';

test('never returns', { timeout: 1 }, () => {
  writeSync(1, 'hangs\n');
  for (;;);
});
