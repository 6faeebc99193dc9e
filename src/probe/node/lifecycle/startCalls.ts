// The calls that led to a start: Node's constructor is at the top of the stack, below it a package's calls, if there are any,
// and those of the program.
import type { Site } from '../../../protocol/probeEvents';
import { createObject } from '../tools/builtins';
import { FRAMES_TO_OWN, type Frame } from '../given';
import { isInPackage, packageOf } from '../tools/callers';
import { frames, isProgram, siteOf } from '../tools/callSite';

/** Beside the innermost. */
const MOST_CALLERS = 3;
const MOST_PACKAGES = 4;
/** Ways to a start that are kept apart. */
const MOST_KNOWN = 256;

export interface StartFacts {
  at?: Site;
  from?: Site;
  calls?: number;
  callers?: Site[];
  through?: string[];
  makes?: true;
}

/** The program's innermost frame, its own ones that are in no package, and the packages before these. */
interface Way {
  innermost: Frame | undefined;
  own: Frame[];
  through: string[];
  makes: boolean;
}

export class StartCalls {
  /** What is told of the second start by the same calls. */
  private readonly known = createObject(null) as Record<string, StartFacts>;
  private count = 0;

  /** Of the worker that is being made right now. */
  take(): StartFacts {
    const way = wayOf(frames(FRAMES_TO_OWN));
    const key = keyOf(way);
    const known = this.known[key];
    if (known) return known;
    const facts = factsOf(way);
    if (!facts.callers && !facts.through) return facts;
    if (this.count >= MOST_KNOWN) return facts; // each by itself, so never to be mistaken for another
    const calls = ++this.count;
    const { at, from } = facts;
    this.known[key] = { ...(at ? { at } : {}), ...(from ? { from } : {}), calls };
    return { ...facts, calls };
  }
}

function wayOf(stack: Frame[]): Way {
  const way: Way = { innermost: undefined, own: [], through: [], makes: false };
  let last: Frame | undefined;
  for (let i = 0; i < stack.length && way.own.length <= MOST_CALLERS; i++) {
    const frame = stack[i]!;
    if (!isProgram(frame)) continue;
    way.innermost ??= frame;
    if (!isInPackage(frame)) {
      if (way.own.length === 0) way.makes = last?.makes === true;
      way.own[way.own.length] = frame;
    } else if (way.own.length === 0) {
      addPackage(way.through, frame);
      last = frame;
    }
  }
  return way;
}

function addPackage(through: string[], { file }: Frame): void {
  const name = packageOf(file);
  if (name === undefined || through[through.length - 1] === name || through.length >= MOST_PACKAGES) return;
  through[through.length] = name;
}

function keyOf({ innermost, own }: Way): string {
  let key = innermost ? placeOf(innermost) : '';
  for (let i = 0; i < own.length; i++) key += `\n${placeOf(own[i]!)}`;
  return key;
}

const placeOf = ({ file, line, column }: Frame): string => `${file}:${line}:${column}`;

function factsOf({ innermost, own, through, makes }: Way): StartFacts {
  const at = innermost && siteOf(innermost);
  const from = own[0] && own[0] !== innermost ? siteOf(own[0]) : undefined;
  const callers: Site[] = [];
  for (let i = 1; i < own.length; i++) callers[i - 1] = siteOf(own[i]!);
  return {
    ...(at ? { at } : {}),
    ...(from ? { from } : {}),
    ...(callers.length > 0 ? { callers } : {}),
    ...(through.length > 0 ? { through } : {}),
    ...(makes ? { makes: true as const } : {}),
  };
}
