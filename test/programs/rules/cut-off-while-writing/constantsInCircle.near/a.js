exports.one = require('./b').one;
