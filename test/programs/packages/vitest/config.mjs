// Files of tests that each run in a thread of their own. Nothing is kept between runs.
export default {
  test: { pool: 'threads', maxWorkers: 2, include: ['*.test.mjs'], reporters: ['./reporter.mjs'], cache: false },
};
