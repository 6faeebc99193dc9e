// A worker of threads.js.
require('threads/worker').expose((n) => n * 2);
