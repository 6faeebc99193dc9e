const fs = require('fs');
setInterval(() => fs.appendFile('log', 'x', () => {}), 10);
