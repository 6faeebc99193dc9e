// In the script of a pool.
// Findings: process-only-api.
const Piscina = require('piscina');
new Piscina({ filename: require.resolve('./task.js') });
