// What a pool's worker does: its task's number, doubled.
module.exports = (n) => n * 2;
