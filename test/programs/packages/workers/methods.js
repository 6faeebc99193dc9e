// A worker of jest-worker's, with the functions that it offers.
exports.double = (n) => n * 2;
