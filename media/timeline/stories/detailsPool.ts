// All that is known of a pool, for the pane beside the lanes. Pure.
import { t } from '../../../src/common/l10n';
import { shown } from '../../../src/common/untrusted';
import type { Moments } from '../time/scales';
import { duration } from '../words/text';
import { LIFE } from '../words/vocabulary';
import { type Details, findingSection } from './details';
import { fact, listed, threadLink } from './facts';
import { poolSize } from './labels';
import { type PoolThreads, sentence, sizeOf } from './phrases';
import { poolFacts } from './threadFacts';

export function poolDetails(threads: PoolThreads, moments: Moments): Details {
  const { pool, lanes, findings } = threads;
  const members = listed(lanes, ({ thread, ended, state }) => {
    const lived = duration((ended?.t ?? moments.now) - thread.startedAt);
    return fact('thread', ended ? sentence(ended.because) : LIFE[state], threadLink(thread), `, ${lived}`);
  });
  return {
    key: pool.key,
    title: shown(pool.label),
    subtitle: poolSize(sizeOf(threads)),
    sections: [
      ...findings.map(findingSection),
      { id: 'pool', heading: t('Pool'), facts: poolFacts(threads, moments) },
      { id: 'threads', heading: t('Its threads'), facts: members },
    ],
  };
}
