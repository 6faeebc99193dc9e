// What cannot be told of a process, because hooks of the probe are missing there. Pure.

/** By the beginning of a hook's name; the first that fits. */
const SUBJECTS: [hook: RegExp, subject: string][] = [
  [/^fs\.|^FileHandle/, 'writes in flight and open files'],
  [/^synchronous child/, 'waits for synchronous child processes'],
  [/^Atomics/, 'waits in Atomics.wait'],
  [/^MessagePort|^EventTarget|^BroadcastChannel|^receiveMessageOnPort/, 'messages'],
  [/^Worker\.(ref|unref)/, 'ref() and unref() of workers'],
  [/^Worker/, 'how workers end'],
];

/** @param missing names of hooks, as the probe tells them */
export function unseen(missing: string[]): string[] {
  const subjects = missing.map((hook) => SUBJECTS.find(([pattern]) => pattern.test(hook))?.[1] ?? hook);
  return [...new Set(subjects)];
}
