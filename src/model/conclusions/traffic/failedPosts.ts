// Posts that failed: what cannot be cloned is seen as posted, and is not. Pure.
import type { ThreadFacts } from '../../facts/facts';

/** How many of a thread's posts on a port failed: the one whose error ended the thread, as far as its line is known. */
export function failedPosts({ error, activity }: ThreadFacts, port: number): number {
  const at = error?.at;
  if (!at || !activity) return 0;
  const isThere = activity.postSites.some(
    (site) => site.port === port && site.at.file === at.file && site.at.line === at.line,
  );
  return isThere ? 1 : 0;
}
