// Runs inside mocha: prints as its "spec" reporter does, and leaves the counts where `npm test` adds them up.
'use strict';
const fs = require('node:fs');
const { Runner, reporters } = require('mocha');

class CountingSpec extends reporters.Spec {
  constructor(runner, options) {
    super(runner, options);
    runner.once(Runner.constants.EVENT_RUN_END, () => {
      const { passes: passed, failures: failed, pending: skipped } = this.stats;
      const file = process.env.TEST_COUNTS;
      if (file) fs.writeFileSync(file, JSON.stringify({ passed, failed, skipped }));
    });
  }
}

module.exports = CountingSpec;
