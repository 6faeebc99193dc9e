// Every kind of screen that the timeline has, and how to come there.
import { demo, demoLive, demoWithFindings, everyEnding, mainAlone } from './fixtures';
import { manyLanes, sessionsTogether, severalProcesses, waiting } from './fixtures';
import type { TimelinePage } from './page';

export type Screen = [name: string, open: (page: TimelinePage) => Promise<void>];
const press = (page: TimelinePage, key: string) => page.page.keyboard.press(key);
const focusLanes = (page: TimelinePage) => page.page.locator('.scroller').focus();

export const SCREENS: Screen[] = [
  [
    'nothing yet',
    async (page) => {
      await page.send({ kind: 'empty', hasRecordings: true, interrupted: 'main.js' });
      await page.page.locator('.empty').waitFor();
    },
  ],
  ['a live session', (page) => page.show(demoLive())],
  ['a process that stays alive', (page) => page.show(waiting())],
  ['every ending', (page) => page.show(everyEnding())],
  ['main alone', (page) => page.show(mainAlone())],
  ['several processes', (page) => page.show(severalProcesses())],
  ['sessions together', (page) => page.show(sessionsTogether())],
  ['a thousand threads', (page) => page.show(manyLanes(1000))],
  [
    'an end with findings, details and what threads did',
    async (page) => {
      await page.show(demoWithFindings());
      await page.lane('logger').click();
      await page.page.locator('.details').waitFor();
    },
  ],
  [
    'a range, tools and the legend',
    async (page) => {
      await page.show(demo());
      await focusLanes(page);
      await press(page, 'r');
      await page.page.locator('.legend summary').click();
      await press(page, '/');
      await page.page.keyboard.type('killed');
      await page.page.locator('.matches:not(:empty)').waitFor();
    },
  ],
  [
    'the table',
    async (page) => {
      await page.show(demoWithFindings());
      await focusLanes(page);
      await press(page, 't');
      await page.page.getByRole('table').waitFor();
    },
  ],
  [
    'the keys',
    async (page) => {
      await page.show(demo());
      await focusLanes(page);
      await press(page, '?');
      await page.page.getByRole('dialog').waitFor();
    },
  ],
  [
    'a menu',
    async (page) => {
      await page.show(demo());
      await page.lane('flaky').click({ button: 'right' });
      await page.page.getByRole('menu').waitFor();
    },
  ],
];
