// What a pool's worker does: its task's number, doubled.
export default (n) => n * 2;
