exports.one = require('./a').one;
