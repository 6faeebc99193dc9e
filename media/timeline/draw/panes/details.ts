// The pane that tells all about the chosen thread. Lines and links are kept while they say the same, so that the focus
// stays while time goes on.
import { t } from '../../../../src/common/l10n';
import { shown } from '../../../../src/common/untrusted';
import type { Site } from '../../../../src/protocol/probeEvents';
import type { RuleId } from '../../../../src/protocol/rules';
import { select } from 'd3-selection';
import type { Details, Section } from '../../stories/details';
import type { Fact, Part } from '../../stories/facts';
import { addIcon } from '../icons';
import { writeText } from '../writeText';

export interface DetailsActions {
  openSite(site: Site): void;
  /** Goes to another thread: it is chosen instead. */
  reveal(thread: string): void;
  openPage(rule: RuleId): void;
  close(): void;
}

export interface DetailsPane {
  element: HTMLElement;
  /** Undefined: nothing is chosen, and the pane is not there. */
  draw(details: Details | undefined): void;
  /** Moves the focus into the pane. */
  focus(): void;
}

const LONGEST_PATH = 400;
/** Keys that act inside of the pane and not on the lanes. */
const OWN_KEYS = /^(Arrow|Page|Home$|End$|Enter$| $)/;

export function createDetails(parent: HTMLElement, actions: DetailsActions): DetailsPane {
  const pane = select(parent)
    .append('aside')
    .attr('class', 'details')
    .attr('id', 'details')
    .attr('aria-labelledby', 'details-title')
    .attr('hidden', '');
  const head = pane.append('div').attr('class', 'details-head');
  const title = head.append('h2').attr('id', 'details-title').attr('tabindex', -1).append('bdi');
  const close = head.append('button').attr('type', 'button').attr('class', 'close').attr('title', t('Close (Escape)'));
  close.attr('aria-label', t('Close the details')).on('click', () => actions.close());
  addIcon(close.node()!, 'close');
  const body = pane.append('div').attr('class', 'details-body').attr('tabindex', 0).attr('role', 'group');
  body.attr('aria-label', t('Facts'));
  const subtitle = body.append('p').attr('class', 'subtitle');
  pane.on('keydown', (event: KeyboardEvent) => {
    if (event.key === 'Escape') actions.close();
    if (event.key === 'Escape' || OWN_KEYS.test(event.key)) event.stopPropagation();
  });
  let before: string | undefined;
  return {
    element: pane.node()!,
    draw(details) {
      pane.attr('hidden', details ? null : '').attr('data-thread-key', details?.key ?? null);
      if (!details) return void (before = undefined);
      writeText(title.node()!, details.title);
      writeText(subtitle.node()!, details.subtitle);
      drawSections(body.node()!, details, actions);
      if (before !== details.key) body.node()!.scrollTop = 0;
      before = details.key;
    },
    focus: () => pane.select<HTMLElement>('h2').node()!.focus(),
  };
}

function drawSections(body: HTMLElement, { key, sections }: Details, actions: DetailsActions): void {
  select(body)
    .selectAll<HTMLElement, Section>('section')
    .data(sections, ({ id }) => `${key} ${id}`)
    .join((enter) => enter.append('section').each(buildSection))
    .each(function ({ heading, facts }) {
      writeText(this.querySelector('.heading')!, heading);
      drawFacts(this.querySelector('dl')!, facts, actions);
    })
    .order();
}

function buildSection(this: HTMLElement, { severity }: Section): void {
  const title = select(this)
    .append('h3')
    .attr('data-severity', severity ?? null);
  if (severity) addIcon(title.node()!, severity);
  title.append('span').attr('class', 'heading');
  select(this).append('dl');
}

function drawFacts(list: HTMLElement, facts: readonly Fact[], actions: DetailsActions): void {
  select(list)
    .selectAll<HTMLElement, Fact>('div')
    .data(facts)
    .join((enter) => {
      const added = enter.append('div');
      added.append('dt');
      added.append('dd');
      return added;
    })
    .each(function ({ label, parts }) {
      writeText(this.querySelector('dt')!, label);
      drawParts(this.querySelector('dd')!, parts, actions);
    });
}

const targetOf = ({ site, thread, rule }: Part): string => (site ? 'site' : (thread ?? rule ?? ''));

function drawParts(parent: HTMLElement, parts: readonly Part[], actions: DetailsActions): void {
  select(parent)
    .selectAll<HTMLElement, Part>('.part')
    .data(parts, (part, i) => `${i} ${targetOf(part)}`)
    .join((enter) =>
      enter
        .append((part) => document.createElement(targetOf(part) ? 'button' : 'span'))
        .attr('class', (part) => (targetOf(part) ? 'part link' : 'part'))
        .attr('type', (part) => (targetOf(part) ? 'button' : null)),
    )
    .on('click', (_, { site, thread, rule }) => {
      if (site) actions.openSite(site);
      else if (thread !== undefined) actions.reveal(thread);
      else if (rule) actions.openPage(rule);
    })
    .attr('title', ({ site }) => (site ? shown(`${site.file}:${site.line}:${site.column}`, LONGEST_PATH) : null))
    .each(function ({ text }) {
      writeText(this, text);
    })
    .order();
}
