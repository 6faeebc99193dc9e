// To be seen: the names as text, whatever they hold; control characters made visible.
// Exit: returned.
// Threads: 5 returned.
// Findings: none.
const { Worker } = require('node:worker_threads');

const NAMES = ['<img src=x onerror=alert(1)>', 'two\nlines', '\u001b[31mred\u001b[0m', 'ab\u202ecd', '😀 '.repeat(300)];
for (const name of NAMES) new Worker('0', { eval: true, name });
