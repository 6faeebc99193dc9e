// A window of a VS Code of its own, with a copy of the demo's folder in it, for tests that look at it from outside.
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import type { Page } from 'playwright-core';
import { openHeadless } from './headless.mjs';
import { startServer } from './vscodeServer.mjs';

const DEMO = path.resolve('test/programs/node/demo');

export interface DemoWindow {
  page: Page;
  /** The extension's folder for all sessions. */
  storage: string;
  close(): Promise<void>;
}

export async function openDemoWindow(options: { restricted?: boolean; settings?: object } = {}): Promise<DemoWindow> {
  const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'lifelines-window-'));
  const folder = path.join(scratch, 'demo');
  fs.cpSync(DEMO, folder, { recursive: true });
  const userDataDir = path.join(scratch, 'user-data');
  const extensionsDir = path.join(scratch, 'extensions');
  const server = await startServer({
    folder,
    extensionDevelopmentPath: path.resolve('.'),
    userDataDir,
    extensionsDir,
    ...options,
  });
  const browser = await openHeadless(server.url);
  return {
    page: browser.contexts()[0]!.pages()[0]!,
    storage: path.join(userDataDir, 'User', 'globalStorage', 'thread-lifelines.thread-lifelines'),
    close: async () => {
      await browser.close();
      await server.stop();
      fs.rmSync(scratch, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
