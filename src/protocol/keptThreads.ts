// How many threads that have ended are kept whole, of a session; of older ones sums are kept.
export const DEFAULT_KEPT_THREADS = 5000;
