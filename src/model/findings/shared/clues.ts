// What the probe found in the program's source. Pure.
import type { Clue } from '../../../protocol/probeEvents';
import type { ProcessFacts } from '../../facts/facts';

export const cluesOf = ({ shutdown }: ProcessFacts, clue: Clue['clue']): Clue[] =>
  shutdown.clues.filter((one) => one.clue === clue);

export const clueOn = (process: ProcessFacts, clue: Clue['clue'], thread: { id: number }): Clue | undefined =>
  cluesOf(process, clue).find(({ id }) => id === thread.id);
