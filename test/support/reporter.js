// Runs inside mocha: prints as its "spec" reporter does, and leaves the counts, with the names and errors of what failed,
// where `npm test` adds them up.
'use strict';
const fs = require('node:fs');
const { Runner, reporters } = require('mocha');

/** Lines of an error that are told again at the end: its message and where it was thrown. */
const ERROR_LINES = 12;

class CountingSpec extends reporters.Spec {
  constructor(runner, options) {
    super(runner, options);
    const { EVENT_TEST_END, EVENT_RUN_END } = Runner.constants;
    runner.on(EVENT_TEST_END, () => this.tell(false)); // who is ended before the run is over leaves those
    runner.once(EVENT_RUN_END, () => this.tell(true));
  }

  tell(isWhole) {
    const { passes: passed, failures: failed, pending: skipped } = this.stats;
    const counts = { passed, failed, skipped, isWhole, failures: this.failures.map(failure) };
    if (process.env.TEST_COUNTS) fs.writeFileSync(process.env.TEST_COUNTS, JSON.stringify(counts));
  }
}

function failure(test) {
  const error = String(test.err?.stack ?? test.err ?? 'no error is known');
  return { title: test.fullTitle(), error: error.split('\n').slice(0, ERROR_LINES).join('\n') };
}

module.exports = CountingSpec;
