// In a transport that is also a program of its own.
// Findings: none.
require('pino').transport({ target: './sink.js' });
