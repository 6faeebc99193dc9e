// What a thread leaves undone when it is ended from outside. Pure.
import type { ThreadActivity, Traffic } from '../protocol/picture';

/** In the order of how much it hurts: what is lost on the disk, then messages, then what it waited in. */
export function unfinished(activity: ThreadActivity): string[] {
  const { writing, openFiles, fromOwner, toOwner, blocked } = activity;
  const written = new Set(writing.map(({ to }) => to));
  return [
    ...writing.map(({ to, bytes }) => `writing ${bytesText(bytes)} to ${to}`),
    ...openFiles.filter((file) => !written.has(file)).map((file) => `${file} was open`),
    ...waiting(toOwner, 'that it had posted had not reached its owner'),
    ...waiting(fromOwner, 'from its owner had not reached it'),
    ...(blocked ? [`it waited in ${blocked.what}`] : []),
  ];
}

const waiting = (traffic: Traffic | undefined, where: string): string[] =>
  traffic?.waiting ? [`${traffic.waiting} ${traffic.waiting === 1 ? 'message' : 'messages'} ${where}`] : [];

export function bytesText(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  return bytes < 1e6 ? `${(bytes / 1e3).toFixed(1)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}
