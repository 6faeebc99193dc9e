// Entry of the language server: a process of its own, which speaks LSP over stdio (`--stdio`) or with Node's own messages
// (`--node-ipc`). Loaded as a module it only lends its rules to the command line.
import { serve } from './serve';

export { lint } from './lint';

if (require.main === module) serve();
