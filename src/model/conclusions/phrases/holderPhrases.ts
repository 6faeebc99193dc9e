// Who keeps a process alive and why, in phrases: subjects of a sentence, and what follows a colon. Pure.
import { t, tally } from '../../../common/l10n';
import { PARENT_PORT } from '../../../protocol/activity';
import type { Resources, Site } from '../../../protocol/probeEvents';
import type { Origin, ThreadFacts } from '../../facts/facts';
import { countsWithout } from '../../facts/resources';
import type { BlockingPhrases } from '../../runtimes/runtime';
import { runtimeOf } from '../../runtimes/runtimes';
import { labelOf } from '../labels';
import { siteText } from '../../facts/sites';
import { poolLabel, poolName, type Pool } from '../pools';
import { placeText } from '../waiting/stalled';

export const workerPhrase = (thread: ThreadFacts, pool: Pool | undefined): string =>
  pool?.package ? t('{0}’s worker “{1}”', poolName(pool), labelOf(thread)) : runtimeOf(thread).named(labelOf(thread));

/** @param count of its threads that hold */
export const poolPhrase = (pool: Pool, count: number): string =>
  count < pool.threads.length
    ? t('pool {0} ({1} of {2} threads)', poolName(pool), count, pool.threads.length)
    : t('pool {0}', poolLabel(pool));

/** @param broadcast name of the channel, '' where it is unknown; undefined for a port that is not a channel */
export function portPhrase(broadcast: string | undefined, other: ThreadFacts | undefined): string {
  if (broadcast) return t('BroadcastChannel “{0}”', broadcast);
  if (broadcast !== undefined) return t('a BroadcastChannel');
  return other ? t('a MessagePort to “{0}”', labelOf(other)) : portsPhrase(1);
}

/** Node has one name for both, and of a channel that was there before the first worker no other is known. */
export const portsPhrase = (count: number): string =>
  tally(count, 'a MessagePort or BroadcastChannel', '{0} MessagePorts or BroadcastChannels');

/** What keeps a loop turning, apart from ports; with lines, as far as they are known. */
export function keptTexts(
  of: { origin: Origin },
  { counts = {}, things = [] }: Partial<Pick<Resources, 'counts' | 'things'>>,
): string[] {
  const runtime = runtimeOf(of);
  return [
    ...things.map((thing) => runtime.thing(thing) + whereText(thing.at)),
    ...runtime.resources(countsWithout(counts, things)),
  ];
}

export const unprobed = (): string => t('what it is doing is unknown, because it runs without the probe');
export const starting = (): string => t('its code has not begun');
export const sleepsIn = (call: string): string => t('it is in a call of the system ({0})', call);

/** @param what a function or a call, with its line */
export const isIn = (what: string): string => t('it is in {0}', what);

/** @param inside the function that it was last seen in */
export const unturned = (inside: Site | undefined): string =>
  t('its code keeps its event loop busy') + (inside ? `: ${placeText(inside)}` : '');
export const itsStdin = (): string => t('its standard input ("stdin: true"), which its owner has not ended');
export const itsOwn = (worker: ThreadFacts): string => t('its own worker “{0}”', labelOf(worker));

export const waitsIn = ({ waits }: BlockingPhrases, at: Site | undefined): string => waits + whereText(at);

export function listens(port: number, at: Site | undefined, broadcast: string | undefined): string {
  const where = whereText(at);
  if (port === PARENT_PORT) return t('it listens for messages from its owner') + where;
  return (broadcast === undefined ? t('it listens on a MessagePort') : t('a BroadcastChannel')) + where;
}

const whereText = (at: Site | undefined): string => (at ? ` (${siteText(at)})` : '');
