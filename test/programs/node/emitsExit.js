// To be seen: main returned with code 0, once, although it emits 'exit' of its own before and at its end.
// Exit: returned.
// Threads: none.
// Findings: none.
let emitted = false;
process.on('exit', (code) => {
  console.log('exit', code);
  if (emitted) return;
  emitted = true;
  process.emit('exit', 9);
});
process.emit('exit', 8);
emitted = false;
