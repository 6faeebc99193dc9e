const fs = require('fs');
setInterval(() => fs.readFileSync('log'), 10);
