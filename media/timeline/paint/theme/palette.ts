// The theme's colours for the canvas: read once from the style sheet, and again when the theme changes.
import { watchScale } from '../surface';
import { type Color, colorOf } from './color';

/** Name → variable of the style sheet. */
const VARIABLES = {
  keepsAlive: '--tl-keeps-alive',
  daemon: '--tl-daemon',
  killed: '--tl-killed',
  failed: '--tl-failed',
  stopped: '--tl-stopped',
  returned: '--tl-returned',
  unknown: '--tl-unknown',
  background: '--tl-background',
  dim: '--tl-dim',
  line: '--tl-line',
  text: '--vscode-foreground',
} as const;
export type ColorName = keyof typeof VARIABLES;

export interface Palette {
  colors: Record<ColorName, Color>;
  font: string;
  /** Width of stripes and of edges in px: more in high contrast. */
  stripe: number;
  edge: number;
}

/** `element`: any that the style sheet reaches and that may hold a child for a moment. */
export function readPalette(element: HTMLElement): Palette {
  const probe = element.appendChild(element.ownerDocument.createElement('i'));
  const style = getComputedStyle(probe);
  const colors = {} as Record<ColorName, Color>;
  for (const [name, variable] of Object.entries(VARIABLES)) {
    probe.style.color = `var(${variable})`;
    colors[name as ColorName] = colorOf(style.color);
  }
  const px = (variable: string): number => parseFloat(style.getPropertyValue(variable)) || 1;
  const palette = { colors, font: style.fontFamily, stripe: px('--tl-stripe'), edge: px('--tl-edge') };
  probe.remove();
  return palette;
}

export interface PaletteSource {
  /** The colours as they are now; the same object while they stay. */
  readonly current: Palette;
}

/** `changed` is called when the same must be repainted: in other colours, or on other pixels. */
export function followPalette(element: HTMLElement, changed: () => void): PaletteSource {
  let palette: Palette | undefined;
  watchTheme(() => {
    palette = undefined;
    changed();
  });
  watchScale(changed);
  return {
    get current() {
      return (palette ??= readPalette(element));
    },
  };
}

/** The editor tells a new theme by the classes of the body, and its colours as variables on the root. */
export function watchTheme(changed: () => void): void {
  const observer = new MutationObserver(changed);
  const { body, documentElement } = document;
  observer.observe(body, { attributes: true, attributeFilter: ['class', 'style', 'data-vscode-theme-id'] });
  observer.observe(documentElement, { attributes: true, attributeFilter: ['class', 'style'] });
}
