// All that is known of a pool, for the pane beside the lanes. Pure.
import { findingSection, siteLink, type Details, type Fact, type Moments, type Part } from './details';
import { faresOf, poolStory, sentence, type PoolThreads } from './story';
import { count, duration, shown } from './text';

const MOST_LISTED = 100;

export function poolDetails(threads: PoolThreads, moments: Moments): Details {
  const { pool, lanes, findings } = threads;
  const { subtitle, facts } = poolStory({ ...threads, findings: [] }, moments.origin);
  const told = facts.filter(([name]) => name !== 'Threads' && name !== 'Made');
  const listed = lanes.slice(0, MOST_LISTED).map(({ key, thread, ended, state }): Fact => {
    const link: Part = { text: shown(thread.label), thread: key };
    const lived = duration((ended?.t ?? moments.now) - thread.startedAt);
    return { name: ended ? sentence(ended.because) : state, parts: [link, { text: `, ${lived}` }] };
  });
  const more = lanes.length - listed.length;
  if (more > 0) listed.push({ name: '', parts: [{ text: `and ${count(more, 'more', 'more')}` }] });
  return {
    key: pool.key,
    title: shown(pool.label),
    subtitle,
    sections: [
      ...findings.map(findingSection),
      {
        id: 'pool',
        heading: 'Pool',
        facts: [
          { name: 'Threads', parts: [{ text: faresOf(lanes) }] },
          ...(pool.at ? [{ name: 'Made at', parts: [siteLink(pool.at)] }] : []),
          ...told.map(([name, text]): Fact => ({ name, parts: [{ text }] })),
        ],
      },
      { id: 'threads', heading: 'Its threads', facts: listed },
    ],
  };
}
