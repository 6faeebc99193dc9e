// What is read of the messages by which pools give their threads tasks.
import '../../support/given';
import assert from 'node:assert/strict';
import { taskReaderOf } from '../../../src/probe/node/activity/tasks';

const read = (file: string, ...messages: unknown[]): unknown[] => {
  const reader = taskReaderOf(file)!;
  return messages.map((message) => reader.read(message));
};

describe('tasks of pools', () => {
  it('are known where a known package listens, and nowhere else', () => {
    assert.ok(taskReaderOf('/app/node_modules/piscina/dist/worker.js'));
    assert.ok(taskReaderOf('C:\\app\\node_modules\\tinypool\\dist\\entry\\worker.js'));
    assert.ok(taskReaderOf('/app/node_modules/.pnpm/comlink@4.4.2/node_modules/comlink/dist/umd/node-adapter.js'));
    for (const file of [
      '/app/src/worker.js',
      '/app/piscina/worker.js',
      '/app/node_modules/other/worker.js',
      '/app/node_modules/piscina/node_modules/other/worker.js',
    ])
      assert.equal(taskReaderOf(file), undefined, file);
  });

  it('have the names that the packages give them', () => {
    const piscina = '/node_modules/piscina/dist/worker.js';
    assert.deepEqual(read(piscina, { taskId: 1, filename: '/a/images.js', name: 'resize', task: {} }), [
      { name: 'resize', file: '/a/images.js' },
    ]);
    assert.deepEqual(read(piscina, { taskId: 1, filename: '/a/images.js', name: 'default' }), [
      { name: undefined, file: '/a/images.js' },
    ]);
    assert.deepEqual(read('/node_modules/workerpool/src/worker.js', { id: 1, method: 'crop', params: [] }), [
      { name: 'crop', file: undefined },
    ]);
    assert.deepEqual(
      read('/node_modules/jest-worker/build/threadChild.js', [0, false, '/a/images.js', []], [1, false, 'crop', []]),
      [undefined, { name: 'crop', file: '/a/images.js' }],
    );
    assert.deepEqual(
      read('/node_modules/threads/dist/worker/x.js', { type: 'run', uid: 1, method: 'crop', args: [] }),
      [{ name: 'crop', file: undefined }],
    );
    assert.deepEqual(read('/node_modules/comlink/dist/x.js', { id: 'a', type: 'APPLY', path: ['images', 'crop'] }), [
      { name: 'images.crop', file: undefined },
    ]);
    assert.deepEqual(read('/node_modules/poolifier/lib/index.mjs', { taskId: 'a', name: 'crop', data: {} }), [
      { name: 'crop', file: undefined },
    ]);
  });

  it('are none of the messages that bring none', () => {
    for (const [name, messages] of Object.entries({
      piscina: [{ port: {}, filename: '/a/images.js', name: 'default' }],
      workerpool: ['__workerpool-terminate__', { id: 1, method: '__workerpool-cleanup__' }],
      'jest-worker': [[2, false], [3]],
      threads: [{ type: 'cancel', uid: 1 }],
      comlink: [{ id: 'a', type: 'GET', path: ['images'] }],
      poolifier: [{ kill: true }, { taskFunctionOperation: 'add', taskId: 'a' }],
    }))
      for (const message of [...messages, null, undefined, 1, 'text'])
        assert.deepEqual(read(`/node_modules/${name}/x.js`, message), [undefined]);
  });

  it('are read without running anything of the program’s', () => {
    const message = Object.defineProperty({ taskId: 1 }, 'filename', { get: () => assert.fail('it was called') });
    assert.deepEqual(read('/node_modules/piscina/dist/worker.js', message), [{ name: undefined, file: undefined }]);
  });
});
