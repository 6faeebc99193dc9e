// Which commands on threads there are, by what debuggers can do.
import type { HandCommand, HandsByRuntime } from '../../protocol/timelineMessages';
import type { Debugger, Hand } from '../debuggers/debugger';

const COMMANDS: Record<Hand, HandCommand> = {
  terminate: 'threadLifelines.terminateThread',
  ref: 'threadLifelines.refThread',
  unref: 'threadLifelines.unrefThread',
  pause: 'threadLifelines.pauseThread',
  resume: 'threadLifelines.continueThread',
  stack: 'threadLifelines.showStack',
  profile: 'threadLifelines.profileThread',
  'heap-snapshot': 'threadLifelines.takeHeapSnapshot',
};

export function handsByRuntime(debuggers: readonly Pick<Debugger, 'runtime' | 'hands'>[]): HandsByRuntime {
  return Object.fromEntries(debuggers.map(({ runtime, hands }) => [runtime, hands.map((hand) => COMMANDS[hand])]));
}
