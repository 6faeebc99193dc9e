const fs = require('node:fs');
setTimeout(() => fs.writeFileSync('out.log', 'whole\n'), 50);
