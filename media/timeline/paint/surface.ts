// A canvas whose pixels are the screen's: as many as its box has on this screen, whatever the zoom, so that nothing on it
// is smeared.

export interface Surface {
  canvas: HTMLCanvasElement;
  /**
   * Puts it to a box, in px of the page, as near as there is a pixel, and clears it; px then count from its corner.
   * @param font to write with
   */
  begin(box: Box, font?: string): Brush;
}

export interface Box {
  left: number;
  top: number;
  width: number;
  height: number;
}

export interface Brush {
  context: CanvasRenderingContext2D;
  /** Pixels of the screen in one px of the page. */
  scale: number;
  /** To the nearest edge between two pixels of the screen. */
  snap: (px: number) => number;
}

export function createSurface(parent: HTMLElement, className: string): Surface {
  const canvas = parent.appendChild(document.createElement('canvas'));
  canvas.className = className;
  canvas.setAttribute('aria-hidden', 'true');
  const context = canvas.getContext('2d')!;
  let written: string | undefined;
  return {
    canvas,
    begin(box, font) {
      const { brush, isNew } = begin(canvas, context, box);
      // To set it makes the browser compute the styles of the whole page there and then.
      if (font !== undefined && (isNew || font !== written)) context.font = written = font;
      return brush;
    },
  };
}

function begin(canvas: HTMLCanvasElement, context: CanvasRenderingContext2D, box: Box) {
  const scale = devicePixelRatio;
  const snap = (px: number): number => Math.round(px * scale) / scale;
  const [left, top] = [snap(box.left), snap(box.top)];
  const width = Math.max(1, Math.floor(box.width * scale));
  const height = Math.max(1, Math.ceil(box.height * scale));
  const { style } = canvas;
  setPx(style, 'left', left);
  setPx(style, 'top', top);
  setPx(style, 'width', width / scale);
  setPx(style, 'height', height / scale);
  // Setting a size clears as well, all that was set too, but costs a new buffer.
  const isNew = canvas.width !== width || canvas.height !== height;
  if (isNew) [canvas.width, canvas.height] = [width, height];
  else {
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, width, height);
  }
  context.setTransform(scale, 0, 0, scale, 0, 0);
  return { brush: { context, scale, snap }, isNew };
}

function setPx(style: CSSStyleDeclaration, name: string, value: number): void {
  const text = `${value}px`;
  if (style.getPropertyValue(name) !== text) style.setProperty(name, text);
}

/** Calls when the window moves to another screen, or its zoom changes. */
export function watchScale(changed: () => void): void {
  const query = matchMedia(`(resolution: ${devicePixelRatio}dppx)`);
  query.addEventListener(
    'change',
    () => {
      changed();
      watchScale(changed);
    },
    { once: true },
  );
}
