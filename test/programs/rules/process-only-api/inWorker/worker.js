process.chdir('/'); //! process-only-api
