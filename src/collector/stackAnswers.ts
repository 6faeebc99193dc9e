// What the probes of a session answer to who asks for the stacks of a process's threads.
import { messageOf } from '../common/humanError';
import { t } from '../common/l10n';
import { runtimeOf } from '../model/runtimes/runtimes';
import type { Origin } from '../model/facts/facts';
import type { StacksAnswer } from '../protocol/stacks';
import type { LifecycleEvent, ThreadStack } from '../protocol/probeEvents';
import { ANSWERED_WITHIN, askForStacks } from '../transport/spool/stackRequests';

export class StackAnswers {
  /** Key of a process that is asked → what its threads have told so far. */
  private readonly open = new Map<string, ThreadStack[]>();

  /** @param look reads what is new in the folder */
  constructor(
    private readonly folder: string,
    private readonly look: () => void,
  ) {}

  take(event: LifecycleEvent): void {
    if (event.k === 'stack' && event.when === 'asked') this.open.get(event.p)?.push(event);
  }

  /** Never rejects. Who asks while another does gets the same stacks. */
  async ask({ key, origin, pid }: { key: string; origin: Origin; pid: number }): Promise<StacksAnswer> {
    const stacks = this.open.get(key) ?? [];
    this.open.set(key, stacks);
    try {
      const isAnswered = await askForStacks(this.folder, key);
      this.look();
      return isAnswered ? { stacks } : { failure: noAnswer(pid, origin) };
    } catch (error) {
      return { failure: t('Process {0} could not be asked: {1}.', pid, messageOf(error)) };
    } finally {
      this.open.delete(key);
    }
  }
}

/** A sentence, and what to do about it. */
export const noAnswer = (pid: number, origin: Origin): string =>
  t(
    'Process {0} did not answer within {1} s: {2}. A debugger can pause it.',
    pid,
    ANSWERED_WITHIN / 1000,
    runtimeOf({ origin }).noAnswer(),
  );
