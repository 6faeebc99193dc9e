// Entry of the process that follows a session of js-debug's own type, in which there is no debug adapter of ours. Speaks
// followMessages.ts with the extension host, and lives as long as the session.
import * as fs from 'node:fs';
import { sweepStorage } from '../collector/recovery';
import { assertNever } from '../common/assertNever';
import type { FollowOptions, FromFollower, ToFollower } from '../protocol/followMessages';
import { exitReport } from '../model/report/report';
import { consoleSummary } from '../model/report/summary';
import { takeUpLanguage } from '../transport/translation';
import { openRun, storageFolders, type Run } from './run';

/** How long the debugger that vanished together with the extension host may take to end the program. */
const ABANDON_GRACE_MS = 1_500;

let run: Run | undefined;
/** What was said last: each of several processes may end without more to say. */
let summarised: string | undefined;

process.on('message', (message: ToFollower) => receive(message));
process.on('disconnect', () => void abandon());
// The terminal's Ctrl+C goes to all of its processes; we end with the extension host.
process.on('SIGINT', () => undefined);

function receive(message: ToFollower): void {
  switch (message.kind) {
    case 'follow':
      return follow(message.spool, message.options);
    case 'resync':
      return run && send({ kind: 'snapshot', snapshot: run.freshSnapshot() });
    case 'stop-requested':
      return run?.collector.stopRequested();
    case 'notify':
      return run?.collector.notify(message.notice);
    case 'note':
      return run?.collector.note(message.note);
    case 'stacks':
      return void tellStacks(message);
    case 'ended':
      return end();
    default:
      return assertNever(message);
  }
}

function follow(spool: string, options: FollowOptions): void {
  takeUpLanguage(__dirname, options.locale);
  const folders = storageFolders(options);
  const problem = folders && sweepStorage(folders);
  if (problem) send({ kind: 'problem', text: problem });
  const opened = openRun(
    options,
    {
      snapshot: (snapshot) => send({ kind: 'snapshot', snapshot }),
      delta: (delta) => send({ kind: 'delta', delta }),
      tracks: (tracks) => send({ kind: 'tracks', tracks }),
      mainExited: () => summarise(),
      gone: () => undefined, // the host reports the debug session's end
    },
    spool,
  );
  if ('error' in opened) send({ kind: 'over', failed: opened.error.format }, leave);
  else run = opened;
}

async function tellStacks({ request, process: p }: Extract<ToFollower, { kind: 'stacks' }>): Promise<void> {
  if (run) send({ kind: 'stacks', request, answer: await run.collector.stacks(p) });
}

function summarise(): void {
  const text = run && consoleSummary(exitReport(run.collector.snapshot()));
  if (text && text !== summarised) send({ kind: 'summary', text });
  summarised = text;
}

/** The host went away, in a reloaded window perhaps. The program is not ours to end: what survives is out of contact. */
async function abandon(): Promise<void> {
  await run?.goneWithin(ABANDON_GRACE_MS);
  finish();
  leave();
}

function end(): void {
  finish();
  send({ kind: 'over' }, leave); // what was sent before has gone out when this has
}

function finish(): void {
  if (!run) return;
  run.finish();
  // Nothing was heard of the program, so there is nothing to open again.
  if (!run.collector.hasContact && run.recording) fs.rmSync(run.recording, { force: true });
}

function send(message: FromFollower, sent?: () => void): void {
  if (!process.connected) return sent?.();
  process.send!(message, undefined, undefined, () => sent?.()); // 'disconnect' reports a host that has gone
}

const leave = (): void => process.exit();
