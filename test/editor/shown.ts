// What the timeline in the side bar shows of a session.
import type { Frame, Page } from 'playwright-core';
import { timelineFrame } from '../support/page';
import type { Sessions } from './support';

/** The view in the side bar. */
export const SIDEBAR = 'threadLifelines.timeline';

/** The timeline of a session that is over, as it is drawn: kind of each thread, with how it ended. */
export async function endings(page: Page, sessions: Sessions, title: string): Promise<string[]> {
  const frame = await timelineFrame(page, SIDEBAR);
  await shows(frame, sessions, title);
  await frame.locator('.dot[aria-label="ended"]').waitFor();
  return frame.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('.lane')]
      .map(({ dataset }) => `${dataset['kind']} ${dataset['endedBy']}`)
      .sort(),
  );
}

/** The title stands alone, or as the chosen one of several, with how it came out. Sessions of one title are numbered. */
export async function shows(frame: Frame, sessions: Sessions, title: string): Promise<void> {
  const isShown = (wanted: string): boolean => {
    const picker = document.querySelector<HTMLSelectElement>('.picker.session');
    const chosen = picker && !picker.hidden ? picker.selectedOptions[0] : document.querySelector('.title');
    const [shown] = chosen?.textContent?.replace(/^● /, '').split(' · ') ?? [];
    return shown?.replace(/ \(\d+\)$/, '') === wanted;
  };
  await frame.waitForFunction(isShown, title).catch(async (error: unknown) => {
    const header = await frame.evaluate(() => [
      document.querySelector('.title')?.textContent,
      ...[...document.querySelectorAll<HTMLOptionElement>('.picker.session option')].map(
        ({ textContent, selected }) => `${textContent}${selected ? ' (chosen)' : ''}`,
      ),
    ]);
    throw new Error(`${title} was not shown, but ${header.join(', ')}; of ${sessions.seen()}`, { cause: error });
  });
}
