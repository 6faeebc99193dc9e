// Which thread the debugger asks for what a person does to a thread, and what is said where that one gives no answer.
import { setTimeout } from 'node:timers/promises';
import { HumanError, messageOf } from '../../common/humanError';
import { t } from '../../common/l10n';
import { forNotification } from '../../common/untrusted';
import type { ThreadPicture } from '../../protocol/picture';
import type { Hand } from './debugger';

/** A thread that does not answer for this long is blocked in a call, or about to end. */
export const ANSWERS_WITHIN_MS = 5_000;

/** `done-later`: what was asked stays asked, and is done once the thread can. */
const HANDS: Record<Hand, { by: 'owner' | 'itself'; late: 'done-later' | 'given-up' }> = {
  terminate: { by: 'owner', late: 'done-later' },
  ref: { by: 'owner', late: 'done-later' },
  unref: { by: 'owner', late: 'done-later' },
  pause: { by: 'itself', late: 'done-later' },
  resume: { by: 'itself', late: 'done-later' },
  stack: { by: 'itself', late: 'given-up' },
  profile: { by: 'itself', late: 'given-up' },
  'heap-snapshot': { by: 'itself', late: 'given-up' },
};

type Named = Pick<ThreadPicture, 'key' | 'id' | 'label' | 'owner' | 'process'>;

/** The thread that is asked, by its id in its process; `starterOf` is the worker that it is about, where that is another. */
export interface Asked {
  hand: Hand;
  id: number;
  label: string;
  starterOf?: string;
}

/** As a part of what a notification says. */
export const nameOf = ({ label }: Pick<Named, 'label'>): string => forNotification(label, LONGEST_NAME);
const LONGEST_NAME = 120;

/** @param threads of the session */
export function whoIsAsked(hand: Hand, thread: Named, threads: readonly Named[]): Asked {
  if (HANDS[hand].by === 'itself') return { hand, id: thread.id, label: nameOf(thread) };
  const id = ownerId(thread);
  const owner = threads.find((one) => one.process === thread.process && one.id === id);
  return { hand, id, label: owner ? nameOf(owner) : t('worker {0}', id), starterOf: nameOf(thread) };
}

/** Thread ids are unique in a process; main is 0. */
const ownerId = ({ owner }: Named): number => (owner === null ? 0 : Number(owner.slice(owner.lastIndexOf(':') + 1)));

export function notAttached({ label, starterOf }: Asked): HumanError {
  if (starterOf === undefined)
    return new HumanError(
      t('The debugger is not attached to “{0}”. Start the program with F5, not without debugging.', label),
    );
  return new HumanError(
    t(
      'The debugger is not attached to the thread that started “{0}”, so it cannot be reached. Start the program with F5, not without debugging.',
      starterOf,
    ),
  );
}

/** What was answered; else a HumanError that names the thread that was asked. */
export async function answered<T>(answer: PromiseLike<T>, asked: Asked, withinMs = ANSWERS_WITHIN_MS): Promise<T> {
  const late = Symbol('late');
  const given = new AbortController();
  try {
    const first = await Promise.race([answer, setTimeout(withinMs, late, { signal: given.signal })]);
    if (first !== late) return first;
  } catch (error) {
    throw new HumanError(t('“{0}” could not be reached: {1}.', asked.label, messageOf(error)));
  } finally {
    given.abort();
  }
  throw new HumanError(lateText(asked));
}

function lateText({ hand, label, starterOf }: Asked): string {
  if (starterOf !== undefined)
    return t(
      '“{0}”, which started “{1}”, is not answering: it is blocked in a call, or about to end. The request will run once it answers.',
      label,
      starterOf,
    );
  return HANDS[hand].late === 'done-later'
    ? t(
        '“{0}” is not answering: it is blocked in a call, or about to end. The request will run once it answers.',
        label,
      )
    : t('“{0}” is not answering: it is blocked in a call, or about to end.', label);
}
