// Where the editor shows a line that was asked for.
import assert from 'node:assert/strict';
import type { openSite } from '../../../src/views/openSite';
import { HostApi, bundleHost } from '../../support/host';
import { KeptLog } from '../../support/hostApi';
import { site } from '../../support/events';

describe('a line that is opened', () => {
  let host: HostApi;
  let columns: (number | undefined)[];
  let built: { openSite: typeof openSite };
  let load: (modules: Record<string, unknown>) => typeof built;

  before(() => (load = bundleHost<typeof built>(['views/openSite'])));
  beforeEach(() => {
    host = new HostApi();
    columns = [];
    host.open = (_, options) => Promise.resolve(void columns.push(options?.viewColumn));
    built = load({ vscode: host.api });
  });

  const open = (from?: number): Promise<void> => built.openSite(site(3), new KeptLog() as never, from);

  it('from a view is shown where the person was editing', async () => {
    await open();
    assert.deepEqual(columns, [undefined]);
  });

  it('from an editor tab is shown beside it, in a column that is there already or in a new one', async () => {
    host.columns.push({ viewColumn: 1 });
    await open(1);
    host.columns.push({ viewColumn: 2 });
    await open(1);
    await open(2);
    assert.deepEqual(columns, [host.api.ViewColumn.Beside, 2, 1]);
  });
});
