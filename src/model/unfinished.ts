// What a thread leaves undone when it is ended from outside, and what becomes of that. Pure.
import type { Ending, ThreadActivity, Traffic, Unfinished } from '../protocol/picture';

/** In the order of how much it hurts: what is lost on the disk, then a task, then messages, then what it waited in. */
export function unfinished(activity: ThreadActivity, ended: Ending): Unfinished[] {
  const { writing, openFiles, fromOwner, toOwner, blocked } = activity;
  const written = new Set(writing.map(({ to }) => to));
  return [
    ...writing.map(({ to, bytes, isFile }): Unfinished => {
      const text = `writing ${bytesText(bytes)} to ${to}`;
      return isFile
        ? { what: 'write', text, fate: fateOfWrite(ended), path: to }
        : { what: 'write', text, fate: 'unknown' };
    }),
    ...openFiles
      .filter(({ path }) => !written.has(path))
      .map(({ path }): Unfinished => ({ what: 'file', text: `${path} was open`, fate: 'unknown', path })),
    ...mail(toOwner, 'sent', 'that it had posted had not reached its owner'),
    ...mail(fromOwner, 'mail', 'from its owner had not reached it'),
    ...(blocked ? [{ what: 'wait', text: `it waited in ${blocked.what}`, fate: 'unknown' } as const] : []),
  ];
}

/**
 * A write in flight is with the system's thread pool, which finishes it while the process ends in order, although nobody
 * hears of that. A signal may come before the pool has begun.
 */
const fateOfWrite = ({ by }: Ending): Unfinished['fate'] => (by === 'signal' ? 'unknown' : 'completed');

const mail = (traffic: Traffic | undefined, what: 'sent' | 'mail', where: string): Unfinished[] =>
  traffic?.waiting
    ? [{ what, text: `${traffic.waiting} ${traffic.waiting === 1 ? 'message' : 'messages'} ${where}`, fate: 'lost' }]
    : [];

export function bytesText(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  return bytes < 1e6 ? `${(bytes / 1e3).toFixed(1)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}
