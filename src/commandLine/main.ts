#!/usr/bin/env node
// Entry of the command line: runs programs under the probe without any editor, and prints what was recorded.
import { HumanError } from '../common/humanError';
import { forTerminal } from '../common/untrusted';
import { printEnvironment } from './environment';
import { lintPaths } from './lint';
import { surviveLostOutput } from './output';
import { record } from './record';
import { report } from './report';
import { stacks } from './stacks';
import { UsageError, USAGE, type Command, parseCommandLine } from './usage';

declare const PRODUCT_VERSION: string;

/** Exit code for a command line that cannot be understood, and for a file that cannot be read. */
const USAGE_CODE = 2;
const FAILURE_CODE = 1;
const LONGEST = 1000;

async function main(argv: string[]): Promise<number> {
  const command = parseCommandLine(argv);
  return run(command);
}

function run(command: Command): Promise<number> | number {
  switch (command.kind) {
    case 'record':
      return record(command);
    case 'report':
      return report(command);
    case 'env':
      return printEnvironment(command);
    case 'stacks':
      return stacks(command);
    case 'lint':
      return lintPaths(command);
    case 'help':
      process.stdout.write(USAGE);
      return 0;
    case 'version':
      process.stdout.write(`${PRODUCT_VERSION}\n`);
      return 0;
  }
}

surviveLostOutput();
main(process.argv.slice(2)).then(
  (code) => (process.exitCode = code),
  (error: unknown) => {
    // The server is a bundle of its own, with a class of its own.
    const forPeople = error instanceof HumanError || (error instanceof Error && error.name === 'HumanError');
    const stack = String((error as Error)?.stack ?? error).split('\n');
    process.stderr.write(
      `thread-lifelines: ${forPeople ? forTerminal(error.message, LONGEST) : stack.map((line) => forTerminal(line, LONGEST)).join('\n')}\n`,
    );
    if (error instanceof UsageError) process.stderr.write(`\n${USAGE}`);
    process.exitCode = error instanceof UsageError ? USAGE_CODE : FAILURE_CODE;
  },
);
