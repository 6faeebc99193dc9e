export const PATH = 1;
