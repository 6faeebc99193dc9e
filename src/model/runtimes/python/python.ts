// Python: whether a thread is a daemon is settled when it starts; it does not end with the thread that started it, and it runs
// on after main's code until the interpreter is torn down. Pure.
import { t } from '../../../common/l10n';
import { childPhrase } from '../childWords';
import type { Runtime } from '../runtime';
import { blocking, waitsForThread } from './blocking';
import { daemonFlag, daemons } from './daemonFlag';
import { endings } from './endings';
import { unseen } from './unseen';

/** By this name the probe tells of a child process. */
const CHILD = 'ChildProcess';
/** What a probe misses where the interpreter has no lock. */
const NO_LOCK = 'python:stacks';

export const PYTHON: Runtime = {
  id: 'python',
  label: (version) => `Python ${version}`,
  oldestVersion: '3.8',
  words: () => ({
    thread: t('thread'),
    internalThread: t('a thread of Python’s own'),
    keepsAlive: t('non-daemon'),
    daemon: t('daemon'),
    keepsAliveCall: 'daemon=False',
    daemonCall: 'daemon=True',
  }),
  endsWithOwner: false,
  exitDropsWork: false,
  keepsAliveThroughOwner: false,
  hasLoops: false,
  takesTurns: (missing) => !missing.has(NO_LOCK),
  flips: daemonFlag,
  isDefaultName: () => false, // programs log them
  unnamed: ({ id, name, start }) => name ?? start?.runs ?? t('thread {0}', id),
  named: (label) => t('thread “{0}”', label),
  internal: () => t('a thread of Python’s own'),
  ofPackage: (pack, { id }) => `${pack} ${id}`,
  poolPackages: [],
  isTool: () => false,
  streamPackages: [],
  unseen,
  resources: () => [],
  thing: (thing) => (thing.name === CHILD ? childPhrase(thing) : thing.name),
  isRequest: () => false,
  blocking,
  loading: () => 'import',
  noAnswer: () => t('only a thread that waits for another can answer, and none does'),
  polling: () => 'get_nowait()',
  waitsForThread,
  endings,
  daemons,
  errors: {
    fileFailed: () => undefined,
    isOfExitListener: () => false,
    isInterrupt: (name) => name === 'KeyboardInterrupt',
  },
};
