// Recordings of earlier sessions, in the extension's storage or anywhere else. They are read in a process of its own:
// a long one must not stop the editor.
import { type ChildProcess, spawn, type StdioOptions } from 'node:child_process';
import { once } from 'node:events';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { createInterface } from 'node:readline';
import { setImmediate } from 'node:timers/promises';
import * as vscode from 'vscode';
import { t, writtenLanguage } from '../../common/l10n';
import { HumanError, messageOf } from '../../common/humanError';
import type { Snapshot } from '../../protocol/picture';
import type { SnapshotLine, TracksDelta } from '../../protocol/tracks';
import { agoText } from '../../common/ago';
import { RECORDING_SUFFIX, recordingsIn } from '../../transport/spool/recording';
import { readSummary } from '../../transport/spool/recordingSummary';
import { keptEndedThreads } from '../configurations/ownType';

/** To read more takes seconds. */
const LONG_BYTES = 32 * 1024 * 1024;

export class Recordings implements vscode.Disposable {
  private ahead: ChildProcess | undefined;

  /**
   * @param storage the extension's folder for spools and recordings
   * @param commandLine path of the command line's bundle
   */
  constructor(
    private readonly storage: vscode.Uri,
    private readonly commandLine: string,
  ) {}

  /** Newest first. */
  list(): vscode.Uri[] {
    return recordingsIn(path.join(this.storage.fsPath, 'recordings')).map((file) => vscode.Uri.file(file));
  }

  /** "mixed.js · 3 min ago · 10 threads · 1 lost"; of one of which no more is known, its name. */
  nameOf({ fsPath }: vscode.Uri): string {
    const summary = readSummary(fsPath);
    if (!summary) return path.basename(fsPath, RECORDING_SUFFIX);
    return [summary.title, agoText(summary.wall, Date.now()), summary.brief].join(' · ');
  }

  /**
   * Throws a HumanError when the file is no recording or cannot be read.
   * @param onTracks called with what threads did, bit by bit before the promise resolves; `share` of 1 has been read then
   */
  async read(file: vscode.Uri, onTracks: (tracks: TracksDelta, share: number) => void): Promise<Snapshot> {
    const child = this.start(file, ['ignore', 'pipe', 'pipe']);
    let said = '';
    let snapshot: Snapshot | undefined;
    child.stderr!.setEncoding('utf8').on('data', (text: string) => (said += text));
    try {
      const closed = once(child, 'close');
      closed.catch(() => undefined); // reported by the loop, or by the wait for it below
      for await (const line of createInterface({ input: child.stdout! })) {
        const told = JSON.parse(line) as SnapshotLine;
        if ('snapshot' in told) snapshot = told.snapshot;
        else onTracks(told.tracks, told.share);
        await setImmediate(); // the editor has its turn between two lines
      }
      await closed;
    } catch (error) {
      child.kill();
      said ||= messageOf(error);
    }
    if (snapshot) return snapshot;
    throw new HumanError(said.replace(/^thread-lifelines: /, '').trim() || t('{0} could not be read.', file.fsPath));
  }

  /** Has the newest recording read while nobody waits for it, where that takes long: what it tells is kept. */
  readAhead(): void {
    const [newest] = this.list();
    if (!newest || this.ahead || (fs.statSync(newest.fsPath, { throwIfNoEntry: false })?.size ?? 0) < LONG_BYTES)
      return;
    const child = (this.ahead = this.start(newest, 'ignore'));
    child.on('error', () => undefined); // it is read when it is opened
    child.on('close', () => (this.ahead = undefined));
    try {
      if (child.pid !== undefined) os.setPriority(child.pid, os.constants.priority.PRIORITY_LOW);
    } catch {
      // it is gone already, or the system does not allow it
    }
  }

  dispose(): void {
    this.ahead?.kill();
  }

  private start(file: vscode.Uri, stdio: StdioOptions): ChildProcess {
    const env = { ...process.env, ELECTRON_RUN_AS_NODE: '1', NODE_OPTIONS: '' };
    const keep = ['--keep-threads', String(keptEndedThreads(file))];
    const kept = ['--kept', path.join(this.storage.fsPath, 'opened')];
    const args = [
      this.commandLine,
      'report',
      file.fsPath,
      '--snapshot',
      '--locale',
      writtenLanguage(),
      ...keep,
      ...kept,
    ];
    return spawn(process.execPath, args, { env, stdio });
  }
}
