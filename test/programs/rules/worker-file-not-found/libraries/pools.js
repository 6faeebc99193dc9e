// The script of a pool, or of a transport.
// Findings: worker-file-not-found.
const { Piscina } = require('piscina');
new Piscina({ filename: require.resolve('./no.js') }); //! worker-file-not-found
const workerpool = require('workerpool');
workerpool.pool(__dirname + '/no.js').terminate(); //! worker-file-not-found
const { FixedThreadPool, DynamicThreadPool } = require('poolifier');
new FixedThreadPool(4, require.resolve('./no')); //! worker-file-not-found
new DynamicThreadPool(1, 4, `${__dirname}/no.js`); //! worker-file-not-found
const { StaticPool } = require('node-worker-threads-pool');
new StaticPool({ size: 1, task: __dirname + '/no.js' }); //! worker-file-not-found
