// Entry of the thread in which the host keeps and indexes what threads did: a picture of many lanes takes some time to
// make out, in which the editor must not wait.
import { parentPort, workerData } from 'node:worker_threads';
import { assertNever } from '../../common/assertNever';
import { Tracks, type Living } from '../../tracks/tracks';
import type { FromTracks, LivingThreads, ToTracks, TracksSettings } from './trackMessages';

const { mostBytes } = workerData as TracksSettings;
/** Oldest first. */
const sessions = new Map<string, Tracks>();

parentPort!.on('message', (message: ToTracks) => {
  switch (message.kind) {
    case 'add':
      return add(message.session, message);
    case 'forget':
      return void sessions.delete(message.session);
    case 'see': {
      const seen = sessions.get(message.session)?.see(message.look, livingOf(message.living));
      return answer({ kind: 'seen', number: message.number, ...(seen ? { seen } : {}) });
    }
    case 'measure': {
      const measured = sessions.get(message.session)?.measure(message.measure, livingOf(message.living));
      return answer({ kind: 'measured', number: message.number, ...(measured ? { measured } : {}) });
    }
    default:
      return assertNever(message);
  }
});

function add(session: string, { tracks }: Extract<ToTracks, { kind: 'add' }>): void {
  let own = sessions.get(session);
  if (!own) sessions.set(session, (own = new Tracks(mostBytes)));
  own.add(tracks);
  let bytes = 0;
  for (const one of sessions.values()) bytes += one.bytes;
  for (const one of sessions.values()) {
    if (bytes <= mostBytes || one === own) continue;
    bytes -= one.bytes;
    one.forgetHalf();
    bytes += one.bytes;
  }
}

function livingOf({ now, threads }: LivingThreads): Living {
  const living = new Set(threads);
  return { now, lives: (thread) => living.has(thread) };
}

const answer = (message: FromTracks): void => parentPort!.postMessage(message);
