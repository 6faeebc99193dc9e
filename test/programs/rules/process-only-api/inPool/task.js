module.exports = () => process.chdir('/'); //! process-only-api
