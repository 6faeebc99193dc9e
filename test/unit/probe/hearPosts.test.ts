// Messages to a thread that are looked at before they are posted.
import '../../support/given';
import assert from 'node:assert/strict';
import { loadsIn } from '../../../src/probe/node/lifecycle/loads';
import { hearPosts } from '../../../src/probe/node/lifecycle/scripts';

class Port {
  readonly posted: unknown[] = [];
  postMessage(message: unknown): void {
    this.posted.push(message);
  }
}

describe('posts that are heard', () => {
  const hear = (port: Port): string[] => {
    const files: string[] = [];
    const piscina = loadsIn('/app/node_modules/piscina/dist/worker.js', (loaded) => files.push(...loaded));
    hearPosts(port, piscina!);
    return files;
  };

  it('are posted once each, and no more heard when the file is known', () => {
    const port = new Port();
    const files = hear(port);
    for (const filename of [null, '/app/hash.js', '/app/other.js']) port.postMessage({ filename });
    assert.deepEqual(files, ['/app/hash.js']);
    assert.equal(port.posted.length, 3);
    assert.deepEqual(Object.keys(port), ['posted'], 'nothing of ours is left');
  });

  it('are posted as they are where to look at them throws', () => {
    const port = new Port();
    hear(port);
    const message = new Proxy(
      {},
      {
        getOwnPropertyDescriptor() {
          throw new Error('the program’s own');
        },
      },
    );
    port.postMessage(message);
    assert.deepEqual([port.posted.length, port.posted[0] === message], [1, true]);
  });
});
