const path = require('path');
module.exports = { writer: path.join(__dirname, 'writer.js') };
