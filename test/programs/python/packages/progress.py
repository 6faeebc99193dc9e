# A bar of progress, which has a thread that watches it.
# Threads: 1
# Findings: none
import io
import time

from tqdm import tqdm

out = io.StringIO()
for _ in tqdm(range(20), file=out):
    time.sleep(0.001)
print("100%" in out.getvalue())
