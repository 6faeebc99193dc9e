const fs = require('node:fs');
setInterval(() => fs.appendFileSync('out.log', 'x\n'), 10);
