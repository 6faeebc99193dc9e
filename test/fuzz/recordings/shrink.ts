// Looks for the fewest lines that still fail. Pure but for what `fails` does.

/** Leaves out ever smaller parts of what is there, as long as what is left fails as well. */
export function shrunk(bytes: Buffer, fails: (bytes: Buffer) => boolean, deadline: number): Buffer {
  let lines = bytes.toString('latin1').split('\n');
  for (let size = lines.length >> 1; size >= 1; size >>= 1) {
    for (let i = 0; i < lines.length && Date.now() < deadline;) {
      const fewer = [...lines.slice(0, i), ...lines.slice(i + size)];
      if (fails(asBytes(fewer))) lines = fewer;
      else i += size;
    }
  }
  return asBytes(lines);
}

const asBytes = (lines: string[]): Buffer => Buffer.from(lines.join('\n'), 'latin1');
