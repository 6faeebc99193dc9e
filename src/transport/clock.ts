/** The probe's clock, read outside the program: µs on the system's monotonic clock. */
export const monotonicMicros = (): number => Number(process.hrtime.bigint() / 1000n);
