// The demo. "logger" is a daemon and is killed in the middle of its file when main exits. "holder" alone keeps the process
// alive for a few seconds after everything else is done. "build" starts "minify" and waits for it. "flaky" throws, and main
// survives that. "stuck" is in an endless loop and is terminated.
'use strict';
const path = require('node:path');
const { Worker } = require('node:worker_threads');

const start = (name, options) => new Worker(path.join(__dirname, `${name}.js`), { name, ...options });

// A logger must not keep the program running, so it is unref'd: a daemon. Nobody tells it that the end is near.
const logger = start('logger');
logger.unref();

const build = start('build');
build.on('error', console.error);
build.on('message', (size) => console.log(`built and minified: ${size} bytes`));

const stuck = start('stuck');
setTimeout(() => stuck.terminate(), 2500);

setTimeout(() => {
  const flaky = start('flaky');
  flaky.on('error', (error) => console.log(`flaky failed, main goes on: ${error.message}`));
}, 800);

// Still at work when main has nothing left to do: this is why the process does not end.
start('holder');

console.log('main has done its part; the process stays alive because of its workers');
