export default import.meta.dirname + '/writer.js';
