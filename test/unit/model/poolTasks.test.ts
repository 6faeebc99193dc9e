// Tasks that a pool gave a thread: which of them are not done, by what the thread posted and what the other end received.
import assert from 'node:assert/strict';
import { PARENT_PORT, portOfWorker } from '../../../src/protocol/activity';
import { openTasks } from '../../../src/model/conclusions/poolTasks';
import { emptyModel, fold } from '../../../src/model/facts/facts';
import { Story, type ActivityRecord } from '../../support/events';

const RESIZE = 1;
const CROP = 2;
const NAMELESS = 0;
const PORT = portOfWorker(1);

/** One for each step, in order: a task that is done after so many posts, a post, and that the owner received one. */
type Step = ['task', name: number, posts: number] | ['post'] | ['owner receives'];

function openAfter(...steps: Step[]): string[] | undefined {
  const story = new Story().begin(1);
  story.tell(0, 2, 'thread-start', { id: 1 });
  story.tell(1, 3, 'task-name', { task: RESIZE, name: 'resize', file: '/app/images.js' });
  story.tell(1, 4, 'task-name', { task: CROP, name: 'crop' });
  let posted = 0;
  let received = 0;
  const own: ActivityRecord[] = [];
  const owners: ActivityRecord[] = [];
  for (const [i, step] of steps.entries()) {
    const t = 1001 + i;
    if (step[0] === 'task') own.push(['task', t, PARENT_PORT, step[1], step[2]]);
    else if (step[0] === 'post') own.push(['post', t, PARENT_PORT, 0, ++posted]);
    else owners.push(['receive', t, PORT, 0, ++received]);
  }
  story.activity(1, 5000, own).activity(0, 5001, owners);
  const model = emptyModel();
  for (const event of story.events) fold(model, event);
  const [process] = model.processes.values();
  return openTasks(process!, process!.threads.get(1)!);
}

describe('tasks of a pool', () => {
  it('are open until the thread has posted, by name and file', () => {
    assert.deepEqual(openAfter(['task', RESIZE, 1]), ['resize (images.js)']);
    assert.deepEqual(openAfter(['task', CROP, 1]), ['crop']);
    assert.equal(openAfter(['task', RESIZE, 1], ['post']), undefined);
    assert.equal(openAfter(), undefined);
  });

  it('are all open while nothing has been posted, and each name is said once', () => {
    assert.deepEqual(openAfter(['task', RESIZE, 1], ['task', CROP, 1], ['task', CROP, 1]), [
      'resize (images.js)',
      'crop',
    ]);
  });

  it('are open without names where some are done and it is not known which', () => {
    assert.deepEqual(openAfter(['task', RESIZE, 1], ['task', CROP, 1], ['post']), []);
    assert.deepEqual(openAfter(['task', CROP, 1], ['task', CROP, 1], ['post']), ['crop']);
    assert.equal(openAfter(['task', RESIZE, 1], ['task', CROP, 1], ['post'], ['post']), undefined);
  });

  it('may have no name', () => {
    assert.deepEqual(openAfter(['task', NAMELESS, 1]), []);
  });

  it('may take more than one post', () => {
    assert.deepEqual(openAfter(['task', CROP, 2], ['post'], ['owner receives']), ['crop']);
    assert.equal(openAfter(['task', CROP, 2], ['post'], ['post']), undefined);
  });

  it('are open by what the owner received where posts are not to be heard', () => {
    assert.deepEqual(openAfter(['owner receives'], ['task', CROP, 0]), ['crop']);
    assert.equal(openAfter(['task', CROP, 0], ['owner receives']), undefined);
    assert.deepEqual(openAfter(['task', RESIZE, 0], ['owner receives'], ['task', CROP, 0]), ['crop']);
    assert.equal(openAfter(['task', CROP, 0]), undefined, 'whether the owner has received anything is not known');
  });

  it('are not taken for open when the owner has received more than was heard to be posted', () => {
    assert.equal(openAfter(['task', CROP, 1], ['owner receives']), undefined);
  });
});
