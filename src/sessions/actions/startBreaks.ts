// "Break on Next Worker or Thread Start": what each debugger does for it, until one of them holds a thread.
import * as vscode from 'vscode';
import { DisposableStore } from '../../common/disposable';
import { HumanError } from '../../common/humanError';
import { t } from '../../common/l10n';
import type { StartBreak } from '../debuggers/debugger';

export class StartBreaks implements vscode.Disposable {
  private readonly store = new DisposableStore();
  private readonly item = vscode.window.createStatusBarItem(
    'threadLifelines.startBreaks',
    vscode.StatusBarAlignment.Left,
  );
  private isArmed = false;

  constructor(private readonly debuggers: readonly StartBreak[]) {
    this.item.name = t('Break on Next Worker or Thread Start');
    this.item.text = `$(debug-breakpoint) ${t('Breaks at the start of the next thread')}`;
    this.item.tooltip = t('Click to let the next thread start without breaking.');
    this.item.command = 'threadLifelines.breakOnWorkerStart';
    this.store.add(this.item);
    for (const one of debuggers) {
      this.store.add(one);
      this.store.add(one.onDidHold(() => this.disarm()));
    }
  }

  dispose(): void {
    this.disarm();
    this.store.dispose();
  }

  /** Arms it, or gives it up. Throws a HumanError where no debugger could hold a thread. */
  async toggle(): Promise<void> {
    if (this.isArmed) return this.disarm();
    const armed = await Promise.all(this.debuggers.map((one) => one.arm()));
    if (!armed.includes(true))
      throw new HumanError(
        t(
          'No worker script is known: none has been started so far, and the sources in this window start none. Set a breakpoint in the script itself.',
        ),
      );
    this.isArmed = true;
    this.item.show();
  }

  private disarm(): void {
    this.isArmed = false;
    this.item.hide();
    for (const one of this.debuggers) one.disarm();
  }
}
