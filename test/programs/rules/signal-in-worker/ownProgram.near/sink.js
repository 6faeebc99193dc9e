function program() {
  process.on('SIGTERM', () => process.exit());
}
if (require.main === module) program();
else module.exports = () => process.stdout;
