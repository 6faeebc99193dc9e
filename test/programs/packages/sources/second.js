export const second = (longName) => longName + 2;
