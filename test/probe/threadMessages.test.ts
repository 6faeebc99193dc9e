// Messages by `postMessageToThread`, which needs no port of the program's.
import assert from 'node:assert/strict';
import type { ThreadPicture } from '../../src/protocol/picture';
import { onEach } from '../support/onEach';
import { lineOf, pictureOf, runBare, runObserved } from '../support/runProgram';
import { NODE, program } from '../support/runtimes/node';

onEach(NODE, 'a message from thread to thread', (node) => {
  it('is known as posted, and as delivered where somebody listens, and is the same for the program', async () => {
    const file = program('messageToThread.js');
    const observed = await runObserved(node(), file);
    const bare = await runBare(node(), file);
    assert.deepEqual([observed.stdout, observed.stderr, observed.code], [bare.stdout, bare.stderr, 0]);
    const { threads } = pictureOf(observed);
    const [main, a, b, c] = [0, 1, 2, 3].map((id) => threads.find((thread) => thread.id === id)!);
    const sent = (from: ThreadPicture, to: ThreadPicture): unknown => {
      const traffic = from.activity!.channels.find(({ with: other }) => other === to.key)?.to;
      return traffic && [traffic.posted, traffic.received, traffic.unheard];
    };
    assert.deepEqual(
      [sent(a!, main!), sent(a!, b!), sent(c!, main!)],
      [
        [1, 1, 0],
        [1, 1, 1],
        [1, 1, 0],
      ],
    );
    assert.deepEqual(
      [sent(main!, a!), sent(main!, b!), sent(main!, c!)],
      [
        [1, 1, 0],
        [1, 1, 1],
        [2, 2, 0],
      ],
    );
    assert.deepEqual([sent(b!, main!), sent(b!, c!)], [[0, 0, 0], undefined]);
    const posts = a!.activity!.posts!.map(({ to, at }) => [to, at.line]);
    const line = lineOf(file, '// once');
    assert.ok(
      posts.some(([to, at]) => to === b!.key && at === line),
      JSON.stringify(posts),
    );
    assert.equal(main!.activity!.otherPorts.posted, 0);
  });
});
