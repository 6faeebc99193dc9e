// What a person looks for: words, each of which must be found in a thread's name, file, state or findings; `name:`, `file:`,
// `state:` and `finding:` say where. Pure.
import { t } from '../../../src/common/l10n';
import { losesWork } from '../../../src/model/report/losses';
import { ruleOf } from '../../../src/protocol/rules';
import type { Lane } from '../data/run';
import { BARS, COMPUTING, ENDINGS, LIFE, STATES } from '../words/vocabulary';

const FIELDS = ['name', 'file', 'state', 'finding'] as const;
type Field = (typeof FIELDS)[number];
type Texts = Record<Field, string>;

/** Longest part of a text of the program that is searched. */
const LONGEST = 2000;

/** Undefined: nothing is looked for. */
export function matcherOf(query: string): ((lane: Lane) => boolean) | undefined {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean).map(wordOf);
  if (words.length === 0) return undefined;
  return (lane) => {
    const texts = textsOf(lane);
    return words.every(({ field, text }) =>
      field ? hasIn(texts, field, text) : FIELDS.some((any) => texts[any].includes(text)),
    );
  };
}

/** States are words of ours, looked for by how they begin: `state:alive` is not “keeps the process alive”. */
const hasIn = (texts: Texts, field: Field, text: string): boolean =>
  field === 'state' ? `\n${texts.state}`.includes(`\n${text}`) : texts[field].includes(text);

function wordOf(word: string): { field?: Field; text: string } {
  const field = FIELDS.find((name) => word.startsWith(`${name}:`));
  return field ? { field, text: word.slice(field.length + 1) } : { text: word };
}

const textsOfLanes = new WeakMap<Lane, Texts>();

function textsOf(lane: Lane): Texts {
  let texts = textsOfLanes.get(lane);
  if (!texts) textsOfLanes.set(lane, (texts = read(lane)));
  return texts;
}

function read({ thread, process, state, daemon, ended, findings, pool }: Lane): Texts {
  const hold = daemon === undefined ? BARS.unknown : daemon ? BARS.daemon : BARS['keeps-alive'];
  const { activity } = thread;
  const states = [
    LIFE[state],
    hold.label,
    ...(ended ? [ENDINGS[ended.by].label, ended.because] : []),
    ...(ended && losesWork(thread) ? [t('lost work')] : []),
    activity?.unresponsive && !ended ? (activity.unresponsive.computes ? COMPUTING : STATES.unresponsive.label) : '',
    activity?.blocked && !ended ? STATES.blocked.label : '',
    thread.paused && !ended ? STATES.paused.label : '',
  ];
  return {
    name: low(`${thread.label}\n${thread.name ?? ''}\n${pool?.label ?? ''}\n${process.session?.title ?? ''}`),
    file: low(`${thread.file ?? ''}\n${thread.startSite?.file ?? ''}`),
    state: low(states.join('\n')),
    finding: low(
      findings.map(({ rule, runtime, text }) => `${rule}\n${ruleOf(rule, runtime).title}\n${text}`).join('\n'),
    ),
  };
}

const low = (text: string): string => text.slice(0, LONGEST).toLowerCase();
