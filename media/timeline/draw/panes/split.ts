// Two panes with a separator between them that moves by pointer and by keyboard: side by side where there is room, else
// one below the other.
import { t } from '../../../../src/common/l10n';
import { select } from 'd3-selection';

export interface Split {
  /** Shows or hides the second pane with its separator. */
  open(isOpen: boolean): void;
}

const WIDE_FROM_PX = 700;
/** Shares of the second pane, in percent. */
const [LEAST, MOST, STEP] = [15, 80, 4];
const FIRST = { wide: 34, tall: 45 };

/** `box` holds `first` and `second`; the separator is put between them. `moved` is called when their sizes changed. */
export function createSplit(box: HTMLElement, second: HTMLElement, moved: () => void): Split {
  const separator = select(box)
    .insert('div', () => second)
    .attr('class', 'separator')
    .attr('role', 'separator')
    .attr('tabindex', 0)
    .attr('aria-label', t('Size of the details'))
    .attr('aria-controls', second.id)
    .attr('aria-valuemin', LEAST)
    .attr('aria-valuemax', MOST)
    .attr('hidden', '');
  const shares = { ...FIRST };
  const isWide = (): boolean => box.clientWidth >= WIDE_FROM_PX;
  const apply = (): void => {
    const wide = isWide();
    const share = wide ? shares.wide : shares.tall;
    select(box).classed('side-by-side', wide);
    select(second).style('flex-basis', `${share}%`);
    separator.attr('aria-orientation', wide ? 'vertical' : 'horizontal').attr('aria-valuenow', Math.round(share));
  };
  const set = (share: number): void => {
    shares[isWide() ? 'wide' : 'tall'] = Math.min(Math.max(share, LEAST), MOST);
    apply();
    moved();
  };
  const share = (): number => shares[isWide() ? 'wide' : 'tall'];
  separator.on('keydown', (event: KeyboardEvent) => {
    const to = keyMove(event.key, share());
    if (to === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    set(to);
  });
  drag(separator.node()!, ({ clientX, clientY }) => {
    const { right, bottom, width, height } = box.getBoundingClientRect();
    set(isWide() ? ((right - clientX) / width) * 100 : ((bottom - clientY) / height) * 100);
  });
  new ResizeObserver(apply).observe(box);
  return {
    open(isOpen) {
      const before = separator.attr('hidden') === null;
      separator.attr('hidden', isOpen ? null : '');
      if (isOpen) apply();
      if (before !== isOpen) moved();
    },
  };
}

/** Towards the top or the left the second pane grows. */
function keyMove(key: string, share: number): number | undefined {
  switch (key) {
    case 'ArrowLeft':
    case 'ArrowUp':
      return share + STEP;
    case 'ArrowRight':
    case 'ArrowDown':
      return share - STEP;
    case 'Home':
      return MOST;
    case 'End':
      return LEAST;
    default:
      return undefined;
  }
}

function drag(handle: HTMLElement, move: (event: PointerEvent) => void): void {
  handle.addEventListener('pointerdown', (event) => {
    if (event.button !== 0) return;
    event.preventDefault();
    handle.focus();
    handle.setPointerCapture(event.pointerId);
    handle.addEventListener('pointermove', move);
    const end = (): void => handle.removeEventListener('pointermove', move);
    handle.addEventListener('lostpointercapture', end, { once: true });
  });
}
