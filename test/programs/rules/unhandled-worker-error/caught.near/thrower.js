const fail = () => {
  throw new Error('a');
};
try {
  throw new Error('b');
} catch {
  fail;
}
