// A worker of synckit's.
require('synckit').runAsWorker(async (n) => n * 2);
