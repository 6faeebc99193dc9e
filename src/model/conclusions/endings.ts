// How each thread ended, and on what evidence. Pure; every conclusion is drawn again from the facts, so that a fact that
// comes late corrects it.
import type { Ending, EndedBy } from '../../protocol/picture';
import type { Site, ThreadExit } from '../../protocol/probeEvents';
import * as phrases from './phrases/endingPhrases';
import { childrenOf, hasToldAll, isMain, mainOf, type ProcessFacts, type ThreadFacts } from '../facts/facts';
import { runtimeOf } from '../runtimes/runtimes';
import { isAbrupt } from './cutOff';
import { labelOf } from './labels';
import { lostContact } from './lostContact';
import { downOwners, once, ownerOf } from './once';

/** How main ended, or undefined while that is not known. All threads that ended with it ask. */
export const mainEnding: (process: ProcessFacts) => Ending | undefined = once((process) => {
  const ending = endingOfMain(process);
  const main = mainOf(process);
  if (ending?.by !== 'signal' || main?.exiting?.cause !== 'error') return ending;
  return { ...ending, because: phrases.afterFailure(ending.because, phrases.uncaught(main.error)) };
});

const endingOfMain = once((process): Ending | undefined => {
  const main = mainOf(process);
  const { exiting, exited } = main ?? {};
  const end = process.end;
  const abrupt = process.endedBy === undefined ? undefined : process.threads.get(process.endedBy);
  if (abrupt && end && !end.signal) return abruptEnding(abrupt, main, end.code);
  if (exiting && (exited || (end && !end.signal))) {
    const code = end?.code ?? exited?.code ?? exiting.code;
    const ending = ownEnding(main!, exited?.t ?? Math.max(exiting.t, main!.lastSeen), code);
    const signalled = end?.signal ? { ...ending, signal: end.signal } : ending;
    return ending.by === 'error' ? { ...signalled, because: ending.because + listenerText(process, main!) } : signalled;
  }
  if (!end) return undefined;
  const t = Math.max(end.how === 'lost-contact' ? (main?.lastSeen ?? end.t) : end.t, main?.lastSeen ?? 0);
  if (process.unwritten && (end.how === 'gone' || end.how === 'exit-status') && !end.signal) return untold(t, end.code);
  switch (end.how) {
    case 'lost-contact':
      return lostContact(t);
    case 'exit-status':
      if (end.signal) return bySignal(t, end.signal, wasStopped(process, end.t));
      return {
        t,
        by: 'unknown',
        ...(end.code === undefined ? {} : { code: end.code }),
        because: phrases.endedAbruptly(),
        fromOutside: false,
      };
    case 'replaced':
      return {
        t,
        by: 'exit-call',
        ...at(main?.replacing?.at),
        because: phrases.replaced(main?.replacing?.at),
        fromOutside: false,
      };
    case 'gone':
      return bySignal(t, undefined, wasStopped(process, end.t));
  }
});

function abruptEnding(caller: ThreadFacts, main: ThreadFacts | undefined, code: number | undefined): Ending {
  const { t, code: own } = caller.exiting!;
  const ending = ownEnding(caller, Math.max(t, main?.lastSeen ?? 0), code ?? own);
  return isMain(caller) ? ending : { ...ending, because: phrases.inThread(ending.because, labelOf(caller)) };
}

/** Of an error that main itself threw when it heard of the end of a worker: of which one, and what had ended that. */
function listenerText(process: ProcessFacts, main: ThreadFacts): string {
  const { error } = main;
  if (!error?.stack || !runtimeOf(main).errors.isOfExitListener(error.stack)) return '';
  let last: ThreadFacts | undefined;
  for (const child of childrenOf(process, main)) {
    if (child.exit && child.exit.t <= error.t && child.exit.t > (last?.exit?.t ?? 0)) last = child;
  }
  if (!last) return '';
  const ended = byItself(last);
  return phrases.inExitListener(labelOf(last), ended?.by === 'terminate' ? ended.because : undefined);
}

const killedWithMain = once((process) => {
  const { because = '', by } = mainEnding(process) ?? {};
  const abrupt = process.endedBy !== undefined;
  return runtimeOf(process).endings.killedWithMain({ because, returned: by === 'returned', abrupt });
});

/** Nobody can know how: the record of it may be among those that could not be written. */
const untold = (t: number, code?: number): Ending => ({
  t,
  by: 'unknown',
  ...(code === undefined ? {} : { code }),
  because: phrases.unwritten(),
  fromOutside: false,
});

/** Whether a debugger stopped the process: within the time that it takes to stop one. */
const STOP_TAKES = 10e6;
export const wasStopped = ({ stopRequest }: ProcessFacts, end: number): boolean =>
  stopRequest !== undefined && end >= stopRequest && end - stopRequest < STOP_TAKES;

function bySignal(t: number, signal: string | undefined, stopped: boolean): Ending {
  // A debugger sends no such signal, but the program may crash while it is being stopped.
  const crash = signal === undefined ? undefined : phrases.crashed(signal);
  const because = crash ?? (stopped ? phrases.stopped(signal) : phrases.killed(signal));
  const by = crash === undefined ? 'signal' : 'crash';
  return { t, by, ...(signal === undefined ? {} : { signal }), because, fromOutside: true };
}

/** How a thread ended, or undefined while nothing says that it did. */
export function endingOf(process: ProcessFacts, thread: ThreadFacts): Ending | undefined {
  if (isMain(thread)) return mainEnding(process);
  return endedApart(process, thread) ?? withProcess(process, thread);
}

/** It has not ended, or did so all at once with the process: in the middle of whatever it was at. */
export function isLiving(process: ProcessFacts, thread: ThreadFacts): boolean {
  const ended = endingOf(process, thread);
  return !ended || isAbrupt(ended);
}

/** How a worker ended, unless that came with the end of its process. */
export const endedApart: (process: ProcessFacts, thread: ThreadFacts) => Ending | undefined = downOwners<
  Ending | undefined
>((process, thread, owner, ofOwner) => byItself(thread) ?? (owner && withOwner(process, thread, owner, ofOwner)));

/** Endings that the thread or its owner reported. */
function byItself(thread: ThreadFacts): Ending | undefined {
  const { exiting, exited, exit } = thread;
  if (exit?.outOfMemory) {
    const because = runtimeOf(thread).endings.outOfMemory();
    return { t: exit.t, by: 'out-of-memory', code: exit.code, because, fromOutside: true };
  }
  if (exiting && (exited || exit)) {
    return ownEnding(thread, exited?.t ?? exit!.t, exit?.code ?? exited?.code ?? exiting.code);
  }
  if (!exit) return undefined;
  if (thread.error) {
    return { ...uncaught(thread, exit.t), code: exit.code };
  }
  const call = thread.terminateCalls.at(0);
  if (call && call.t <= exit.t) {
    const because = call.hand ? phrases.terminatedByHand() : runtimeOf(thread).endings.terminateCalled(call.at);
    return { t: exit.t, by: 'terminate', code: exit.code, ...at(call.at), because, fromOutside: true };
  }
  if (exit.tid === thread.id) return ofItself(thread, exit);
  const because = phrases.endedUnexplained(exit.code, thread.probed);
  return { t: exit.t, by: 'unknown', code: exit.code, because, fromOutside: false };
}

/** It told so itself, and of nothing that made it end. */
function ofItself(thread: ThreadFacts, { t, code }: ThreadExit): Ending {
  const { endings } = runtimeOf(thread);
  if (endings.isUntold(thread)) return { t, by: 'unknown', because: phrases.howIsUntold(), fromOutside: false };
  return { t, by: 'returned', code, because: endings.returned({ isMain: false, code }), fromOutside: false };
}

/** Endings by the thread's own code, main's too. */
function ownEnding(thread: ThreadFacts, t: number, code: number | undefined): Ending {
  const { cause, at: told, chosen } = thread.exiting!;
  const { endings } = runtimeOf(thread);
  const isBelied = isMain(thread) && code !== undefined && endings.isBelied(thread.exited?.code ?? code, code);
  const site = isBelied ? undefined : told;
  const withCode = code === undefined ? {} : { code };
  switch (cause) {
    case 'error':
      return { ...uncaught(thread, t), ...withCode };
    case 'exit-call':
    case 'abrupt-call': {
      const because =
        cause === 'exit-call' ? endings.exitCalled(code, site, isMain(thread)) : endings.abruptlyEnded(code, site);
      return { t, by: 'exit-call', ...withCode, ...at(site), because, fromOutside: false };
    }
    case 'returned': {
      if (isBelied)
        return { t, by: 'exit-call', code, because: endings.exitCalled(code, undefined, true), fromOutside: false };
      const because = endings.returned({ isMain: isMain(thread), code: code ?? 0, chosen });
      return { t, by: 'returned', ...withCode, because, fromOutside: false };
    }
  }
}

function uncaught(thread: ThreadFacts, t: number): Ending {
  const { error } = thread;
  const isInterrupt = isMain(thread) && error !== undefined && runtimeOf(thread).errors.isInterrupt(error.name);
  const interrupt = isInterrupt ? { interrupt: true as const } : {};
  return { t, by: 'error', ...at(error?.at), because: phrases.uncaught(error), fromOutside: false, ...interrupt };
}

/** Where threads end with the thread that started them, as in Node. */
function withOwner(
  process: ProcessFacts,
  thread: ThreadFacts,
  owner: ThreadFacts,
  ending: Ending | undefined,
): Ending | undefined {
  if (!ending || isMain(owner) || !runtimeOf(process).endsWithOwner) return undefined;
  if (!hasToldAll(process, owner)) return untold(thread.lastSeen);
  return {
    t: Math.max(ending.t, thread.lastWritten ?? 0),
    by: 'owner-exit',
    ...at(ending.at),
    because: phrases.killedWithOwner(labelOf(owner), shortened(ending.because)),
    fromOutside: true,
  };
}

function withProcess(process: ProcessFacts, thread: ThreadFacts): Ending | undefined {
  const main = endingOfMain(process);
  if (!main) return undefined;
  const t = Math.max(main.t, thread.lastWritten ?? 0);
  if (main.by === 'lost-contact') return { ...main, t: thread.lastSeen };
  const owner = ownerOf(process, thread);
  if (process.unwritten && !(owner && hasToldAll(process, owner))) return untold(thread.lastSeen);
  if (isAbrupt(main)) return { ...main, t };
  if (thread.exiting?.cause === 'abrupt-call') return ownEnding(thread, t, main.code ?? thread.exiting.code);
  const by: EndedBy = 'main-exit';
  return { t, by, ...at(main.at), because: killedWithMain(process), fromOutside: true };
}

/** Where many owners ended one with the other the phrase has that of each; in characters. */
const LONGEST_CAUSE = 600;
const shortened = (because: string): string =>
  because.length > LONGEST_CAUSE ? `${because.slice(0, LONGEST_CAUSE)}…` : because;

const at = (site: Site | undefined): { at?: Site } => (site ? { at: site } : {});
