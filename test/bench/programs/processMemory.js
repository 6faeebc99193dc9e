// Prints KiB of resident memory of a program without workers.
console.log(process.memoryUsage.rss() / 1024);
