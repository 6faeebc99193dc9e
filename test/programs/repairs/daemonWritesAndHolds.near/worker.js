const fs = require('node:fs');
require('./hold.js');
fs.writeFile('out.log', 'whole\n', () => {});
