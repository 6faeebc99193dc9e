const fs = require('node:fs');
const fd = fs.openSync('out.log', 'w');
const next = (n) => write(n + 1);
const write = (n) => fs.write(fd, `${n}\n`, () => next(n));
write(0);
