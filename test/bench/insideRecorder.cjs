// Loaded into a recorder by the soak: leaves in a file how many listeners its process and its open handles have, and how much
// memory was in use when all that can go was last gone, in bytes.
const fs = require('node:fs');
const { PerformanceObserver, constants } = require('node:perf_hooks');

const EVERY_MS = 1000;
const file = /** @type {string} */ (process.env['SOAK_TOLD']);
let live = 0;

/** @param {NodeJS.EventEmitter} emitter */
const count = (emitter) => emitter.eventNames().reduce((sum, name) => sum + emitter.listenerCount(name), 0);

new PerformanceObserver((list) => {
  const isMajor = list
    .getEntries()
    .some(({ detail }) => /** @type {{ kind?: number }} */ (detail).kind === constants.NODE_PERFORMANCE_GC_MAJOR);
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  if (isMajor) live = heapUsed + arrayBuffers;
}).observe({ entryTypes: ['gc'] });

setInterval(() => {
  const handles = /** @type {{ _getActiveHandles(): object[] }} */ (
    /** @type {unknown} */ (process)
  )._getActiveHandles();
  const emitters = handles.filter((one) => 'eventNames' in one);
  const all = [process, .../** @type {NodeJS.EventEmitter[]} */ (emitters)];
  const listeners = all.reduce((sum, emitter) => sum + count(emitter), 0);
  fs.writeFileSync(`${file}.draft`, JSON.stringify({ listeners, live }));
  fs.renameSync(`${file}.draft`, file);
}, EVERY_MS).unref();
