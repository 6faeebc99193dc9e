// The strip between the axis and the lanes: who kept the process alive over time. And, in the line below the axis, why it
// still lives. Both have their room from the start, so that the lanes stay where they are.
import { t } from '../../../../src/common/l10n';
import { shown } from '../../../../src/common/untrusted';
import type { ProcessPicture } from '../../../../src/protocol/picture';
import type { Site } from '../../../../src/protocol/probeEvents';
import { select, type Selection } from 'd3-selection';
import type { Scene } from '../../scene/types';
import {
  type AliveStrip,
  bandLabel,
  type Because,
  type HoldBand,
  type HoldBandSpan,
  spanStory,
  STUCK_TEXT,
} from '../../stories/aliveStrip';
import type { Story } from '../../stories/story';
import type { Moments } from '../../time/scales';
import { addIcon } from '../icons';
import { writeText } from '../writeText';

export interface AliveActions {
  open(site: Site | undefined): void;
  /** Shows a story at a point of the page, or hides the one that is shown. */
  showStory(story: Story | undefined, x: number, y: number): void;
}

type Parent = Selection<HTMLDivElement, unknown, null, undefined>;

/** @param sayings the line below the axis */
export function createAlive(
  parent: HTMLElement,
  sayings: HTMLElement,
  actions: AliveActions,
): (strip: AliveStrip, scene: Scene, moments: Moments) => void {
  const bands = select(parent).append('div').attr('class', 'alive-strip').append('div').attr('class', 'bands');
  const stem = bands.append('div').attr('class', 'stem').attr('hidden', '');
  const becauses = select(sayings)
    .append('div')
    .attr('class', 'becauses')
    .attr('role', 'group')
    .attr('aria-label', t('Alive because of'));
  return (strip, scene, moments) => {
    drawBands(bands, { strip, scene, moments }, actions);
    const [exit] = strip.exits;
    stem.attr('hidden', exit && exit.x >= 0 && exit.x <= scene.geometry.area.width ? null : '');
    if (exit)
      stem
        .style('left', `${scene.geometry.area.left + exit.x}px`)
        .attr('data-cause', exit.exit.by)
        .attr('data-cost', exit.severity ?? null);
    becauses.attr('hidden', strip.becauses.length > 0 ? null : '');
    drawBecauses(becauses, strip.becauses, actions);
  };
}

interface BandsContent {
  strip: AliveStrip;
  scene: Scene;
  moments: Moments;
}

function drawBands(parent: Parent, { strip, scene, moments }: BandsContent, actions: AliveActions): void {
  const { area, narrow } = scene.geometry;
  const several = strip.bands.length > 1;
  const row = parent
    .selectAll<HTMLDivElement, HoldBand>('.band-row')
    .data(strip.bands, ({ process }) => process.key)
    .join((enter) => {
      const added = enter.insert('div', '.stem').attr('class', 'band-row');
      added.append('span').attr('class', 'band-label');
      added.append('div').attr('class', 'band').attr('role', 'img');
      return added;
    });
  row
    .select('.band-label')
    .attr('hidden', narrow ? '' : null)
    .style('width', `${area.left}px`)
    .each(function ({ process }) {
      writeText(this as Element, several ? labelAmong(strip.bands, process) : t('held by'));
    });
  row
    .select<HTMLElement>('.band')
    .style('left', `${area.left}px`)
    .style('width', `${area.width}px`)
    .attr('aria-label', (band) => bandLabel(band, several))
    .each(function (band) {
      drawSpans(this, band, moments, actions);
    });
}

/** By the session where that says which is meant. */
function labelAmong(bands: readonly HoldBand[], { pid, session }: ProcessPicture): string {
  const isOne = session && bands.filter((band) => band.process.session?.order === session.order).length === 1;
  return isOne ? t('held, {0}', shown(session.title)) : t('held, pid {0}', pid);
}

function drawSpans(parent: HTMLElement, { process, spans }: HoldBand, moments: Moments, actions: AliveActions) {
  select(parent)
    .selectAll<HTMLElement, HoldBandSpan>('.span')
    .data(spans)
    .join((enter) => enter.append('bdi').attr('class', 'span'))
    .style('left', ({ x }) => `${x}px`)
    .style('width', ({ width }) => `${width}px`)
    .classed('open', ({ hold }) => hold?.to === undefined && !process.exit)
    .classed('alone', ({ hold }) => hold === undefined)
    .each(function ({ text }) {
      writeText(this, text);
    })
    .on('pointermove', (event: PointerEvent, span) => {
      if (event.buttons === 0) actions.showStory(spanStory(span, process, moments), event.clientX, event.clientY);
    })
    .on('pointerleave', () => actions.showStory(undefined, 0, 0));
}

function drawBecauses(parent: Parent, becauses: Because[], actions: AliveActions): void {
  const line = parent
    .selectAll<HTMLParagraphElement, Because>('p')
    .data(becauses, ({ process }) => process)
    .join((enter) => {
      const added = enter.append('p').attr('class', 'because');
      const stuck = added.append('span').attr('class', 'stuck');
      stuck.each(function () {
        addIcon(this, 'warning');
      });
      stuck.append('span').text(STUCK_TEXT);
      added.append('span').attr('class', 'since');
      added.append('span').attr('class', 'words');
      return added;
    })
    .on('pointermove', (event: PointerEvent, { story }) => actions.showStory(story, event.clientX, event.clientY))
    .on('pointerleave', () => actions.showStory(undefined, 0, 0));
  line.each(function ({ since }) {
    writeText(this.querySelector('.since')!, since);
  });
  line.select('.stuck').attr('hidden', ({ stuck }) => (stuck ? null : ''));
  line.select<HTMLElement>('.words').each(function (because) {
    drawWords(this, because, actions);
  });
}

type BecauseWord = Because['words'][number];

/** A word with a line is a link to it; keyed, so that the focus stays while time goes on. */
function drawWords(parent: HTMLElement, { words, story }: Because, actions: AliveActions): void {
  const tellAt = (event: FocusEvent): void => {
    const { left, bottom } = (event.currentTarget as Element).getBoundingClientRect();
    actions.showStory(story, left, bottom - 8);
  };
  select(parent)
    .selectAll<HTMLElement, BecauseWord>('.word')
    .data(words, ({ text, at }) => `${at ? 'link' : 'text'} ${text}`)
    .join((enter) =>
      enter
        .append(({ at }) => document.createElement(at ? 'button' : 'span'))
        .attr('class', ({ at }) => (at ? 'word link' : 'word'))
        .attr('type', ({ at }) => (at ? 'button' : null)),
    )
    .on('click', (_, { at }) => actions.open(at))
    .on('focus', tellAt)
    .on('blur', () => actions.showStory(undefined, 0, 0))
    .each(function ({ text }) {
      writeText(this, text);
    })
    .order();
}
