// A page as VS Code makes it for our webview: the built bundle under the same policy, in front of a host that we play.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { PNG } from 'pngjs';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';
import type { Translation } from '../../src/common/l10n';
import type { FromTimeline, ToTimeline } from '../../src/protocol/timelineMessages';
import { browserExecutable } from '../support/browser.mjs';
import type { SceneLane, Scene } from '../../media/timeline/scene/types';
import { type ThemeName, THEMES } from './themes';

const ORIGIN = 'https://timeline.test';
const DIST = path.join(process.cwd(), 'dist');
const NONCE = 'bm9uY2Utb2YtdGhlLXRlc3Q';
const CONTENT_TYPES: Record<string, string> = { '.css': 'text/css', '.js': 'text/javascript', '.ttf': 'font/ttf' };
const POLICY = [
  "default-src 'none'",
  `style-src ${ORIGIN}`,
  `script-src 'nonce-${NONCE}'`,
  `font-src ${ORIGIN}`,
  `img-src ${ORIGIN} data:`,
].join('; ');
const html = ({
  name,
  translation,
}: Language): string => `<!doctype html><html lang="${name}"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<link rel="stylesheet" href="${ORIGIN}/timeline.css"></head>
<body><div id="root"></div>
<script type="application/json" id="translation">${JSON.stringify(translation ?? null)}</script><script nonce="${NONCE}" src="${ORIGIN}/timeline.js"></script></body></html>`;

/** Runs before the page's own script: the editor's side of the webview, and a count of what the policy refused. */
function playHost(remembered: unknown): void {
  const host = window as unknown as Record<string, unknown>;
  let state = remembered;
  host['posted'] = [];
  host['refused'] = [];
  host['acquireVsCodeApi'] = () => ({
    postMessage: (message: unknown) => {
      (host['posted'] as unknown[]).push(message);
      const answer = host['answer'] as ((message: unknown) => Promise<unknown>) | undefined;
      void answer?.(message).then((reply) => reply !== undefined && window.postMessage(reply, '*'));
    },
    getState: () => state,
    setState: (next: unknown) => (host['remembered'] = state = next),
  });
  document.addEventListener('securitypolicyviolation', (event) =>
    (host['refused'] as string[]).push(`${event.violatedDirective}: ${event.sourceFile}:${event.lineNumber}`),
  );
}

export interface Language {
  name: string;
  translation?: Translation;
}

/** As it is packed. */
export const GERMAN: Language = {
  name: 'de',
  translation: JSON.parse(readFileSync(path.join('media', 'l10n', 'bundle.l10n.de.json'), 'utf8')) as Translation,
};

export interface PageOptions extends BrowserContextOptions {
  language?: Language;
  theme?: ThemeName;
  width?: number;
  height?: number;
  remembered?: unknown;
}

export type Sign = 'bar' | 'cap' | 'ref' | 'unref' | 'terminate-call' | 'deed';

export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** Runs in the page. d3 keeps with each element what it was drawn from. */
function boxesOf(lane: Element, kind: Sign): Box[] {
  const { bars, marks, cap } = (lane as unknown as { __data__: SceneLane }).__data__;
  const canvas = lane.parentElement!.querySelector('canvas')!.getBoundingClientRect();
  const { middle } = (lane.closest('.scroller') as unknown as { __data__: Scene }).__data__.geometry;
  const at = (x: number, width: number, top: number, height: number): Box => ({
    x: canvas.left + x,
    y: lane.getBoundingClientRect().top + middle + top,
    width,
    height,
  });
  if (kind === 'bar') return bars.map(({ x, width }) => at(x, width, -5, 10));
  if (kind === 'cap') return cap ? [at(cap.x - 8, 16, -8, 16)] : [];
  return marks.filter((mark) => mark.kind === kind).map(({ x }) => at(x - 4, 8, -11, 6));
}

export async function launch(): Promise<Browser> {
  const { executablePath, env, args } = await browserExecutable();
  return chromium.launch({ executablePath, args, env: { ...(process.env as Record<string, string>), ...env } });
}

export class TimelinePage {
  private constructor(readonly page: Page) {}

  static async open(browser: Browser, options: PageOptions = {}): Promise<TimelinePage> {
    const { theme = 'dark', width = 1200, height = 480, remembered, language = { name: 'en' }, ...rest } = options;
    const context = await browser.newContext({ viewport: { width, height }, ...rest });
    const page = await context.newPage();
    await page.route(`${ORIGIN}/**`, (route) => {
      const file = new URL(route.request().url()).pathname.slice(1);
      if (file === '') return route.fulfill({ contentType: 'text/html', body: html(language) });
      const contentType = CONTENT_TYPES[path.extname(file)]!;
      return route.fulfill({ contentType, body: readFileSync(path.join(DIST, file)) });
    });
    await page.addInitScript(playHost, remembered);
    await page.goto(`${ORIGIN}/`);
    const opened = new TimelinePage(page);
    await opened.setTheme(theme);
    return opened;
  }

  async setTheme(name: ThemeName): Promise<void> {
    await this.page.evaluate(({ bodyClass, variables }) => {
      document.body.className = bodyClass;
      const { style } = document.documentElement;
      for (const [key, value] of Object.entries(variables)) style.setProperty(`--vscode-${key}`, value);
    }, THEMES[name]);
  }

  /** From now on whatever the page posts is answered by this. */
  async answer(reply: (message: FromTimeline) => ToTimeline | undefined): Promise<void> {
    await this.page.exposeFunction('answer', reply);
  }

  async send(message: ToTimeline): Promise<void> {
    await this.page.evaluate((data) => window.postMessage(data, '*'), message);
  }

  /** Sends a snapshot and waits until it is painted. */
  async show(
    snapshot: Extract<ToTimeline, { kind: 'snapshot' }>['snapshot'],
    session = 's1',
    more: Pick<Extract<ToTimeline, { kind: 'snapshot' }>, 'remembered' | 'hands'> = {},
  ): Promise<void> {
    const sessions = [{ id: session, title: snapshot.title, live: !snapshot.complete }];
    await this.send({ kind: 'snapshot', session, sessions, snapshot, ...more });
    await this.painted(snapshot.revision);
  }

  async painted(revision: number): Promise<void> {
    await this.page.waitForSelector(`#timeline[data-revision="${revision}"]`);
  }

  posted(): Promise<FromTimeline[]> {
    return this.page.evaluate(() => (window as unknown as { posted: FromTimeline[] }).posted);
  }

  refused(): Promise<string[]> {
    return this.page.evaluate(() => (window as unknown as { refused: string[] }).refused);
  }

  remembered<T>(): Promise<T | undefined> {
    return this.page.evaluate(() => (window as unknown as { remembered: T | undefined }).remembered);
  }

  lane(label: string) {
    return this.page.locator(`.lane[data-label=${JSON.stringify(label)}]`);
  }

  /** Where signs of a lane lie in the page, from left to right. They are painted, so what was laid out tells it. */
  signs(label: string, kind: Sign): Promise<Box[]> {
    return this.lane(label).evaluate(boxesOf, kind);
  }

  /** The middle of the last such sign. */
  async sign(label: string, kind: Sign): Promise<{ x: number; y: number }> {
    const box = (await this.signs(label, kind)).at(-1);
    if (!box) throw new Error(`there is no ${kind} in the lane ${label}`);
    return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  }

  async clickSign(label: string, kind: Sign, options: { clickCount?: number } = {}): Promise<void> {
    const { x, y } = await this.sign(label, kind);
    await this.page.mouse.click(x, y, options);
  }

  /** By the key, and until what stood beside them is drawn again. */
  async closeDetails(): Promise<void> {
    await this.page.keyboard.press('Escape');
    await this.page.locator('.details').waitFor({ state: 'hidden' });
    await this.page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
  }

  async hoverSign(label: string, kind: Sign): Promise<void> {
    const { x, y } = await this.sign(label, kind);
    await this.page.mouse.move(x, y);
  }

  /** What is painted in a part of the page. */
  async pixels({ x, y, width, height }: Box): Promise<PNG> {
    const box = { x: Math.round(x), y: Math.round(y), width: Math.ceil(width), height: Math.ceil(height) };
    return PNG.sync.read(await this.page.screenshot({ clip: box, scale: 'css' }));
  }

  async close(): Promise<void> {
    await this.page.context().close();
  }
}
