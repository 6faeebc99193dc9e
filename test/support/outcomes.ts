// What is compared of two runs of one program.
import type { Outcome } from './runProgram';

/** Without what differs between any two runs. */
export const steady = ({ stderr, ...outcome }: Outcome): Outcome => ({
  ...outcome,
  stderr: stderr
    .replace(/\(node:\d+\)/g, '(node:PID)')
    .replace(/==\d+==/g, '==PID==')
    .replace(TAKEN_WITH_THE_EXIT, ''),
});

/** Node 20 takes the error of a worker that has ended already out of its port then. */
const TAKEN_WITH_THE_EXIT = /\n {4}at \[kOnExit\] .*\n {4}at Worker\.<computed>\.onexit .*/;

export const plain = ({ code, signal, stdout, stderr }: Outcome): Outcome => steady({ code, signal, stdout, stderr });
