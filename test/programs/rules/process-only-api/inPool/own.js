const workerpool = require('workerpool');
workerpool.worker({ go: () => process.setuid(1) }); //! process-only-api
