// What the hover over a line shows: the story of its threads, what went wrong, and where to go from there. As Markdown, in
// which nothing of the program's own is taken for markup. Pure.
import { t, tally } from '../common/l10n';
import { forAddress, forHover } from '../common/untrusted';
import type { Finding, Snapshot, ThreadPicture } from '../protocol/picture';
import type { Site } from '../protocol/probeEvents';
import { HAND_COMMANDS, type HandCommand } from '../protocol/timelineMessages';
import { ruleOf } from '../protocol/rules';
import type { LineFacts } from './lines';
import { sparkline } from './sparkline';
import { isLive, threadText } from './words';

const MOST_THREADS = 8;
const MOST_FINDINGS = 3;
/** Of a name, and of what became of a thread. */
const LONGEST = 120;
/** No system has longer ones. */
const LONGEST_PATH = 32_768;

/** Commands that a link in a hover may run. */
export const HOVER_COMMANDS = [
  'threadLifelines.showThread',
  'threadLifelines.showRule',
  'threadLifelines.showReport',
  'threadLifelines.dismissOverlay',
  ...HAND_COMMANDS,
] as const;
type HoverCommand = (typeof HOVER_COMMANDS)[number];

export function hoverText(facts: LineFacts, snapshot: Snapshot): string {
  const groups: [title: string, threads: readonly ThreadPicture[]][] = [
    [t('Started here'), facts.started],
    [t('Made a daemon here: it does not keep the process alive'), facts.unrefd],
    [t('Keeps the process alive from here on'), facts.refd],
    [t('Ref’d again here: the listener undoes the earlier unref()'), facts.listened],
    [t('terminate() called here'), facts.terminated],
    [t('Failed here'), facts.failed],
    [t('Waits here'), facts.waiting.filter(isLive)],
    [t('Ended while waiting here'), facts.waiting.filter((thread) => !isLive(thread))],
    [t('Cut off here'), facts.cutOff],
    [t('Receives messages here'), facts.listening],
    [t('Receives messages from here (as far as seen)'), facts.messaged],
  ];
  const paragraphs = [
    ...facts.findings.slice(0, MOST_FINDINGS).map(findingText),
    ...facts.exits.map(({ thread, killed }) => exitText(thread, killed)),
    ...facts.holders.map(({ what, because }) => holderText(what, because)),
    ...groups.flatMap(([title, threads]) => (threads.length === 0 ? [] : [groupText(title, threads, snapshot)])),
  ];
  const links = [
    link(t('Exit report'), 'threadLifelines.showReport'),
    link(t('Dismiss the overlay'), 'threadLifelines.dismissOverlay'),
  ];
  return [...paragraphs, links.join(' · ')].join('\n\n');
}

function findingText({ rule, runtime, text, advice, related }: Finding): string {
  const title = link(ruleOf(rule, runtime).title, 'threadLifelines.showRule', rule);
  const lines = related.map((one) => `- ${forHover(one.text)}: ${siteLink(one.at)}`);
  return [`⚠ **${title}** — ${forHover(text)} ${forHover(advice)}`, ...lines].join('\n');
}

function exitText(thread: ThreadPicture, killed: number): string {
  const ended = t('process.exit() ended {0} here.', name(thread));
  return killed === 0 ? ended : `${ended} ${tally(killed, 'It killed {0} thread.', 'It killed {0} threads.')}`;
}

function holderText(what: string, because: readonly string[]): string {
  const reasons = because.length === 0 ? '' : ` (${because.map((phrase) => forHover(phrase)).join('; ')})`;
  return `${t('Main is done, and this keeps the process alive: {0}.', forHover(what))}${reasons}`;
}

function groupText(title: string, threads: readonly ThreadPicture[], snapshot: Snapshot): string {
  const shown = threads.slice(0, MOST_THREADS).map((thread) => threadLine(thread, snapshot));
  const more = threads.length - shown.length;
  const rest = more > 0 ? [t('… and {0} more', more)] : [];
  return [`**${title}**`, ...shown, ...rest].join('  \n');
}

function threadLine(thread: ThreadPicture, snapshot: Snapshot): string {
  const process = snapshot.processes.find(({ key }) => key === thread.process);
  const picture = process ? `![](${imageOf(sparkline(thread, process, snapshot))}) ` : '';
  const told = `${link(thread.label, 'threadLifelines.showThread', thread.key)} ${forHover(threadText(thread), LONGEST)}`;
  return [picture + told + startedByText(thread), ...handLinks(thread)].join(' · ');
}

/** The package's line, where the program's own led to it. */
function startedByText({ startedBy: by }: ThreadPicture): string {
  return by ? ` (${t('started by {0} at {1}', forHover(by.library ?? t('a package'), LONGEST), siteLink(by.at))})` : '';
}

/** What a person can do to a thread that lives. */
function handLinks(thread: ThreadPicture): string[] {
  if (!isLive(thread) || thread.kind === 'loader-hooks') return [];
  const hand = (text: string, command: HandCommand): string => link(text, command, thread.key);
  const looks = [
    hand(t('Stack'), 'threadLifelines.showStack'),
    hand(t('Heap snapshot'), 'threadLifelines.takeHeapSnapshot'),
  ];
  if (thread.kind === 'main') return looks;
  return [
    thread.refs.at(-1)?.value === false
      ? hand(t('Ref'), 'threadLifelines.refThread')
      : hand(t('Unref'), 'threadLifelines.unrefThread'),
    thread.paused
      ? hand(t('Continue'), 'threadLifelines.continueThread')
      : hand(t('Pause'), 'threadLifelines.pauseThread'),
    ...looks,
    hand(t('Profile'), 'threadLifelines.profileThread'),
    hand(t('Terminate'), 'threadLifelines.terminateThread'),
  ];
}

const name = (thread: ThreadPicture): string => link(thread.label, 'threadLifelines.showThread', thread.key);

const imageOf = (svg: string): string => `data:image/svg+xml,${forAddress(svg)}`;

/** @param argument text, handed over as data */
function link(text: string, command: HoverCommand, argument?: string): string {
  const query = argument === undefined ? '' : `?${forAddress(JSON.stringify([argument]))}`;
  return `[${forHover(text, LONGEST)}](command:${command}${query})`;
}

function siteLink({ file, line }: Site): string {
  const label = forHover(`${file.split(/[\\/]/).pop() ?? file}:${line}`, LONGEST);
  if (!/^(\/|[A-Za-z]:)/.test(file) || file.length > LONGEST_PATH) return label;
  const path = file.replace(/\\/g, '/').split('/').map(forAddress).join('/');
  return `[${label}](file://${path.startsWith('/') ? '' : '/'}${path}#${line})`;
}
