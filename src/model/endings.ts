// How each thread ended, and on what evidence. Pure; every conclusion is drawn anew from the facts, so that a fact that
// comes late corrects it.
import type { Ending, EndedBy } from '../protocol/picture';
import type { Site } from '../protocol/probeEvents';
import type { ProcessFacts, ThreadFacts } from './facts';
import { labelOf, siteText } from './labels';

/** How main ended, or undefined while that is not known. */
export function mainEnding(process: ProcessFacts): Ending | undefined {
  const main = process.threads.get(0);
  const { exiting, exited } = main ?? {};
  const end = process.end;
  if (exiting && (exited || (end && !end.signal))) {
    const code = end?.code ?? exited?.code ?? exiting.code;
    return ownEnding(main!, exited?.t ?? Math.max(exiting.t, main!.lastSeen), code);
  }
  if (!end) return undefined;
  const t = Math.max(end.how === 'lost-contact' ? (main?.lastSeen ?? end.t) : end.t, main?.lastSeen ?? 0);
  switch (end.how) {
    case 'lost-contact':
      return { t, by: 'lost-contact', because: 'contact was lost while it ran', fromOutside: false };
    case 'exit-status':
      if (end.signal) return bySignal(t, end.signal, wasStopped(process, end.t));
      return {
        t,
        by: 'unknown',
        ...(end.code === undefined ? {} : { code: end.code }),
        because: `the process ended${codeText(end.code)} without running its exit handlers`,
        fromOutside: false,
      };
    case 'gone':
      return bySignal(t, undefined, wasStopped(process, end.t));
  }
}

/** Told of a process that a debugger stopped, for as long as it takes to stop one. */
const STOP_TAKES = 10e6;
export const wasStopped = ({ stopRequest }: ProcessFacts, end: number): boolean =>
  stopRequest !== undefined && end >= stopRequest && end - stopRequest < STOP_TAKES;

function bySignal(t: number, signal: string | undefined, stopped: boolean): Ending {
  if (stopped) {
    const because = `stopped by the debugger${signal ? `, with ${signal}` : ''}`;
    return { t, by: 'signal', ...(signal === undefined ? {} : { signal }), because, fromOutside: true };
  }
  return {
    t,
    by: 'signal',
    ...(signal === undefined ? {} : { signal }),
    because: signal
      ? `killed by ${signal}`
      : 'killed without running its exit handlers: a signal (the Stop button sends one), an abort or a crash',
    fromOutside: true,
  };
}

/** How a thread ended, or undefined while nothing says that it did. */
export function endingOf(process: ProcessFacts, thread: ThreadFacts): Ending | undefined {
  if (thread.id === 0) return mainEnding(process);
  return byItself(thread) ?? withOwner(process, thread) ?? withProcess(process, thread);
}

/** Endings that the thread or its owner told of. */
function byItself(thread: ThreadFacts): Ending | undefined {
  const { exiting, exited, exit } = thread;
  if (exit?.outOfMemory) {
    const because = 'ran out of memory: it reached its heap limit';
    return { t: exit.t, by: 'out-of-memory', code: exit.code, because, fromOutside: true };
  }
  if (exiting && (exited || exit)) {
    return ownEnding(thread, exited?.t ?? exit!.t, exit?.code ?? exited?.code ?? exiting.code);
  }
  if (!exit) return undefined;
  if (thread.error) {
    return { ...uncaught(thread, exit.t), code: exit.code };
  }
  const call = thread.terminateCalls[0];
  if (call && call.t <= exit.t) {
    const because = `terminate() was called${placeText(call.at)}`;
    return { t: exit.t, by: 'terminate', code: exit.code, ...at(call.at), because, fromOutside: true };
  }
  const because = thread.probed
    ? `ended${codeText(exit.code)}; nothing recorded says how`
    : `ended${codeText(exit.code)} by itself; it ran without the probe, so how is not known`;
  return { t: exit.t, by: 'unknown', code: exit.code, because, fromOutside: false };
}

/** Node's exit code of a main module that waits for what nothing will do. */
export const UNSETTLED_CODE = 13;

/** Endings by the thread's own code, main's too. */
function ownEnding(thread: ThreadFacts, t: number, code: number): Ending {
  const { cause, at: site } = thread.exiting!;
  const isMain = thread.id === 0;
  switch (cause) {
    case 'error':
      return { ...uncaught(thread, t), code };
    case 'exit-call':
      return {
        t,
        by: 'exit-call',
        code,
        ...at(site),
        because: `process.exit(${code})${placeText(site)}`,
        fromOutside: false,
      };
    case 'returned': {
      const because = isMain
        ? code === UNSETTLED_CODE
          ? 'nothing kept it alive any more, though a top-level await had not settled'
          : `nothing kept it alive any more${codeText(code, 0)}`
        : `its work was done${codeText(code, 0)}`;
      return { t, by: 'returned', code, because, fromOutside: false };
    }
  }
}

function uncaught(thread: ThreadFacts, t: number): Ending {
  const { error } = thread;
  const what = error ? `${error.name}: ${firstLine(error.message)}` : 'an error';
  return { t, by: 'error', ...at(error?.at), because: `uncaught ${what}${placeText(error?.at)}`, fromOutside: false };
}

/** Node's nested workers die with the worker that started them. */
function withOwner(process: ProcessFacts, thread: ThreadFacts): Ending | undefined {
  const owner = ownerOf(process, thread);
  if (!owner || owner.id === 0) return undefined;
  const ending = byItself(owner) ?? withOwner(process, owner);
  if (!ending) return undefined;
  return {
    t: Math.max(ending.t, thread.lastWritten ?? 0),
    by: 'owner-exit',
    ...at(ending.at),
    because: `killed with its owner ${quoted(labelOf(owner))}: ${ending.because}`,
    fromOutside: true,
  };
}

function withProcess(process: ProcessFacts, thread: ThreadFacts): Ending | undefined {
  const main = mainEnding(process);
  if (!main) return undefined;
  const t = Math.max(main.t, thread.lastWritten ?? 0);
  if (main.by === 'lost-contact') return { ...main, t: thread.lastSeen };
  if (main.by === 'signal') return { ...main, t };
  const by: EndedBy = 'main-exit';
  return { t, by, ...at(main.at), because: `killed with main: ${main.because}`, fromOutside: true };
}

export function ownerOf(process: ProcessFacts, thread: ThreadFacts): ThreadFacts | undefined {
  return thread.start && process.threads.get(thread.start.tid);
}

const at = (site: Site | undefined): { at?: Site } => (site ? { at: site } : {});
const placeText = (site: Site | undefined): string => (site ? ` at ${siteText(site)}` : '');
const firstLine = (text: string): string => text.split('\n', 1)[0]!;
const quoted = (text: string): string => `“${text}”`;
/** " with code 3"; empty when the code is not known, or is the one that goes without saying. */
const codeText = (code: number | undefined, usual?: number): string =>
  code === undefined || code === usual ? '' : ` with code ${code}`;
