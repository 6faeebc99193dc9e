// A worker of workerpool’s, with the functions that it offers.
require('workerpool').worker(require('./tasks.js'));
