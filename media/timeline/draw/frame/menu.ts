// The menu of a row, as menus are in the editor: opened by the second button of the mouse, Shift+F10 or the Menu key.
import { select } from 'd3-selection';

export interface MenuItem {
  label: string;
  /** The key that does the same. */
  key?: string;
  run: () => void;
}

export interface Menu {
  /** At a point of the page; groups are parted by a line. */
  open(x: number, y: number, label: string, groups: MenuItem[][]): void;
  close(): void;
}

const EDGE_PX = 4;

export function createMenu(parent: HTMLElement): Menu {
  const box = select(parent).append('div').attr('class', 'menu').attr('role', 'menu').attr('hidden', '');
  let giveBack: HTMLElement | undefined;
  const close = (): void => {
    if (box.attr('hidden') !== null) return;
    box.attr('hidden', '');
    giveBack?.focus();
  };
  const items = (): HTMLElement[] => [...box.node()!.querySelectorAll<HTMLElement>('[role=menuitem]')];
  const focus = (to: number): void => {
    const all = items();
    all[(to + all.length) % all.length]?.focus();
  };
  box.on('keydown', (event: KeyboardEvent) => {
    event.stopPropagation();
    const at = items().indexOf(document.activeElement as HTMLElement);
    const moves: Record<string, () => void> = {
      ArrowDown: () => focus(at + 1),
      ArrowUp: () => focus(at - 1),
      Home: () => focus(0),
      End: () => focus(-1),
      Escape: close,
      Tab: close,
    };
    const move = Object.hasOwn(moves, event.key) ? moves[event.key] : undefined;
    if (move) event.preventDefault();
    move?.();
  });
  parent.ownerDocument.addEventListener('pointerdown', ({ target }) => {
    if (!box.node()!.contains(target as Node)) close();
  });
  window.addEventListener('blur', close);
  return {
    open(x, y, label, groups) {
      if (box.attr('hidden') !== null) giveBack = document.activeElement as HTMLElement;
      box.attr('aria-label', label).attr('hidden', null);
      box.node()!.replaceChildren();
      groups
        .filter((group) => group.length > 0)
        .forEach((group, i) => {
          if (i > 0) box.append('div').attr('role', 'separator');
          for (const { label: words, key, run } of group) {
            const item = box.append('button').attr('type', 'button').attr('role', 'menuitem').attr('tabindex', -1);
            item.append('span').text(words);
            if (key) item.append('span').attr('class', 'menu-key').attr('aria-hidden', 'true').text(key);
            item.on('click', () => {
              close();
              run();
            });
          }
        });
      const { width, height } = box.node()!.getBoundingClientRect();
      box
        .style('left', `${Math.max(EDGE_PX, Math.min(x, innerWidth - width - EDGE_PX))}px`)
        .style('top', `${Math.max(EDGE_PX, Math.min(y, innerHeight - height - EDGE_PX))}px`);
      focus(0);
    },
    close,
  };
}
