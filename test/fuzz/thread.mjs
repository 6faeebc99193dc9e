// Loads the same as an ES module.
import './thread.cjs';
