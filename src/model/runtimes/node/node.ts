// Node: a worker is unref'd or not, which may change over time and holds for its owner alone; it dies with its owner. Pure.
import { t } from '../../../common/l10n';
import type { Runtime } from '../runtime';
import { blocking } from './blocking';
import { daemons } from './daemons';
import { endings } from './endings';
import { errors } from './errors';
import { refFlips } from './refFlips';
import { isTool, namesItsThreads, ofPackage, POOL_PACKAGES, STREAM_PACKAGES } from './packages';
import { isRequest, resourcePhrases } from './resourceWords';
import { thingPhrase } from './thingWords';
import { unseen } from './unseen';

/** What Node calls a worker that was given no name. */
const DEFAULT_NAME = 'WorkerThread';

export const NODE: Runtime = {
  id: 'node',
  label: (version) => `Node ${version}`,
  oldestVersion: '20',
  words: () => ({
    thread: t('worker'),
    internalThread: t('Node’s own thread for module loader hooks'),
    keepsAlive: t('ref’d'),
    daemon: t('unref’d'),
    keepsAliveCall: 'ref()',
    daemonCall: 'unref()',
  }),
  endsWithOwner: true,
  exitDropsWork: true,
  keepsAliveThroughOwner: true,
  hasLoops: true,
  takesTurns: () => false,
  flips: refFlips,
  isDefaultName: (name, pack) => name === DEFAULT_NAME || namesItsThreads(pack),
  unnamed: ({ id }) => t('worker {0}', id),
  named: (label) => t('worker “{0}”', label),
  internal: () => t('module loader hooks'),
  ofPackage,
  poolPackages: POOL_PACKAGES,
  isTool,
  streamPackages: STREAM_PACKAGES,
  unseen,
  resources: resourcePhrases,
  thing: thingPhrase,
  isRequest,
  blocking,
  loading: () => t('import or require()'),
  noAnswer: () => t('the event loop of its main thread does not turn'),
  polling: () => 'receiveMessageOnPort()',
  waitsForThread: (kind) => kind === 'atomics-wait',
  endings,
  daemons,
  errors,
};
