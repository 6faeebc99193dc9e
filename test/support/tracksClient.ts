// Speaks to the built thread that keeps tracks, as the host does.
import { once } from 'node:events';
import * as path from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Look, Measure, Measured, Seen, TracksDelta } from '../../src/protocol/tracks';
import type { FromTracks, ToTracks, TracksSettings } from '../../src/sessions/stores/trackMessages';

const SESSION = 'session';
const SETTINGS: TracksSettings = { mostBytes: 64 * 1024 * 1024 };
const NONE = { now: 0, threads: [] };

/** Of a session that is over: no thread lives. */
export class TracksClient {
  private readonly worker = new Worker(path.resolve('dist/tracks.js'), { workerData: SETTINGS });
  private next = 0;

  add(tracks: TracksDelta): void {
    this.post({ kind: 'add', session: SESSION, tracks });
  }

  async see(look: Look): Promise<Seen | undefined> {
    const answer = await this.ask({ kind: 'see', number: this.next++, session: SESSION, look, living: NONE });
    return answer.kind === 'seen' ? answer.seen : undefined;
  }

  async measure(measure: Measure): Promise<Measured | undefined> {
    const answer = await this.ask({ kind: 'measure', number: this.next++, session: SESSION, measure, living: NONE });
    return answer.kind === 'measured' ? answer.measured : undefined;
  }

  async close(): Promise<void> {
    await this.worker.terminate();
  }

  private async ask(question: ToTracks): Promise<FromTracks> {
    const answer = once(this.worker, 'message');
    this.post(question);
    return ((await answer) as [FromTracks])[0];
  }

  private post(message: ToTracks): void {
    this.worker.postMessage(message);
  }
}
