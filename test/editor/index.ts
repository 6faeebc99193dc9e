// Runs in the extension host of the VS Code under test: VS Code calls run() and ends when it settles.
import * as fs from 'node:fs';
import Mocha from 'mocha';
import * as path from 'node:path';
import { format } from 'node:util';

/** Rejects when a test failed, and when none ran. TEST_ONLY: words that the full name of a test must contain. */
export async function run(): Promise<void> {
  const { TEST_REPORTER: reporter, TEST_ONLY: fgrep } = process.env;
  const mocha = new Mocha({ timeout: 120_000, ...(reporter ? { reporter } : {}), ...(fgrep ? { fgrep } : {}) });
  for (const file of testFiles(__dirname)) mocha.addFile(file);
  divertReport();
  const runner = await new Promise<{ failures: number; total: number }>((resolve) => {
    const started = mocha.run((failures) => resolve({ failures, total: started.total }));
  });
  if (runner.total === 0) throw new Error('no test was found');
  if (runner.failures > 0) throw new Error(`${runner.failures} tests failed`);
}

function testFiles(folder: string): string[] {
  const files = fs.readdirSync(folder, { recursive: true }).map(String);
  return files.filter((file) => file.endsWith('.test.js')).map((file) => path.join(folder, file));
}

/** What is printed here ends among the window's own log; the report goes into a file that the runner shows. */
function divertReport(): void {
  const file = process.env['TEST_REPORT'];
  if (!file) return;
  Mocha.reporters.Base.consoleLog = (...line: unknown[]) => fs.appendFileSync(file, `${format(...line)}\n`);
}
