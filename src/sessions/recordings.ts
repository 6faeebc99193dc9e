// Recordings of earlier sessions, in the extension's storage or anywhere else. They are read in a process of its own:
// a long one must not stop the editor.
import { execFile } from 'node:child_process';
import * as path from 'node:path';
import { promisify } from 'node:util';
import * as vscode from 'vscode';
import { HumanError } from '../common/humanError';
import type { Snapshot } from '../protocol/picture';
import { recordingsIn } from '../transport/recording';

const LARGEST_SNAPSHOT_BYTES = 1 << 30;

export class Recordings {
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

  /** Throws a HumanError when the file is no recording or cannot be read. */
  async read(file: vscode.Uri): Promise<Snapshot> {
    const env = { ...process.env, ELECTRON_RUN_AS_NODE: '1', NODE_OPTIONS: '' };
    try {
      const { stdout } = await promisify(execFile)(
        process.execPath,
        [this.commandLine, 'report', file.fsPath, '--snapshot'],
        { env, maxBuffer: LARGEST_SNAPSHOT_BYTES },
      );
      return JSON.parse(stdout) as Snapshot;
    } catch (error) {
      const said = (error as { stderr?: string }).stderr?.replace(/^thread-lifelines: /, '').trim();
      throw new HumanError(said || `${file.fsPath} could not be read.`);
    }
  }
}
