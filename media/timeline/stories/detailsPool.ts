// All that is known of a pool, for the pane beside the lanes. Pure.
import { t } from '../../../src/common/l10n';
import { findingSection, siteLink, type Details, type Fact, type Moments, type Part } from './details';
import { faresOf, poolStory, sentence, type PoolThreads } from './story';
import { andMore, duration, shown } from '../words/text';
import { LIFE } from '../words/vocabulary';

const MOST_LISTED = 100;

export function poolDetails(threads: PoolThreads, moments: Moments): Details {
  const { pool, lanes, findings } = threads;
  const { subtitle, facts } = poolStory({ ...threads, findings: [] }, moments.origin);
  const told = facts.filter(([name]) => name !== t('Threads') && name !== t('Made'));
  const listed = lanes.slice(0, MOST_LISTED).map(({ key, thread, ended, state }): Fact => {
    const link: Part = { text: shown(thread.label), thread: key };
    const lived = duration((ended?.t ?? moments.now) - thread.startedAt);
    return { name: ended ? sentence(ended.because) : LIFE[state], parts: [link, { text: `, ${lived}` }] };
  });
  const more = lanes.length - listed.length;
  if (more > 0) listed.push({ name: '', parts: [{ text: andMore(more) }] });
  return {
    key: pool.key,
    title: shown(pool.label),
    subtitle,
    sections: [
      ...findings.map(findingSection),
      {
        id: 'pool',
        heading: t('Pool'),
        facts: [
          { name: t('Threads'), parts: [{ text: faresOf(lanes) }] },
          ...(pool.at ? [{ name: t('Made at'), parts: [siteLink(pool.at)] }] : []),
          ...told.map(([name, text]): Fact => ({ name, parts: [{ text }] })),
        ],
      },
      { id: 'threads', heading: t('Its threads'), facts: listed },
    ],
  };
}
