// Loaded into a recorder by the soak: leaves in a file how many listeners its process and its open handles have, and how much
// memory is in use, in bytes. That is measured when all that can go is gone: left alone, V8 lets garbage lie for as long as the
// machine has room.
const fs = require('node:fs');
const v8 = require('node:v8');
const vm = require('node:vm');

const EVERY_MS = 1000;
const COLLECTED_EVERY_MS = 15_000;
const file = /** @type {string} */ (process.env['SOAK_TOLD']);
v8.setFlagsFromString('--expose-gc');
const collect = /** @type {() => void} */ (vm.runInNewContext('gc'));

let inUse = 0;
function measure() {
  collect();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  inUse = heapUsed + arrayBuffers;
}

/** @param {NodeJS.EventEmitter} emitter */
const count = (emitter) => emitter.eventNames().reduce((sum, name) => sum + emitter.listenerCount(name), 0);

function tell() {
  const handles = /** @type {{ _getActiveHandles(): object[] }} */ (
    /** @type {unknown} */ (process)
  )._getActiveHandles();
  const emitters = handles.filter((one) => 'eventNames' in one);
  const all = [process, .../** @type {NodeJS.EventEmitter[]} */ (emitters)];
  const listeners = all.reduce((sum, emitter) => sum + count(emitter), 0);
  fs.writeFileSync(`${file}.draft`, JSON.stringify({ listeners, inUse }));
  fs.renameSync(`${file}.draft`, file); // whole at once
}

measure();
setInterval(measure, COLLECTED_EVERY_MS).unref();
setInterval(tell, EVERY_MS).unref();
