// Works for a few seconds and keeps the process alive while it does.
'use strict';
const STEPS = 12;

let step = 0;
const timer = setInterval(() => {
  step++; // breakpoint
  if (step === STEPS) clearInterval(timer);
}, 500);
