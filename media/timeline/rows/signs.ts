// Which entries of the legend a thread falls under. Pure.
import type { Lane } from '../data/run';
import type { Sign } from '../look/view';

/** By what it is now, or was when it ended. */
export const barSignOf = ({ daemon }: Lane): Sign =>
  daemon === undefined ? 'bar:unknown' : daemon ? 'bar:daemon' : 'bar:keeps-alive';

export const endSignOf = ({ ended }: Lane): Sign => `ending:${ended?.by ?? 'none'}`;
