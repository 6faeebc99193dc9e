// A worker of threads.js, with the functions that it offers.
require('threads/worker').expose(require('./tasks.js'));
