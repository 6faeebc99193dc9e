// Loaded into a recorder by the soak: leaves in a file how many listeners its process and its open handles have.
const fs = require('node:fs');

const EVERY_MS = 1000;
const file = /** @type {string} */ (process.env['SOAK_LISTENERS']);

/** @param {NodeJS.EventEmitter} emitter */
const count = (emitter) => emitter.eventNames().reduce((sum, name) => sum + emitter.listenerCount(name), 0);

setInterval(() => {
  const handles = /** @type {{ _getActiveHandles(): object[] }} */ (
    /** @type {unknown} */ (process)
  )._getActiveHandles();
  const emitters = handles.filter((one) => 'eventNames' in one);
  const all = [process, .../** @type {NodeJS.EventEmitter[]} */ (emitters)];
  fs.writeFileSync(file, String(all.reduce((sum, emitter) => sum + count(emitter), 0)));
}, EVERY_MS).unref();
