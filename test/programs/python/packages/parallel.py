# Loops that threads share out.
# Threads: 2
# Findings: none
from joblib import Parallel, delayed

print(Parallel(n_jobs=2, prefer="threads")(delayed(pow)(n, 2) for n in range(10)))
