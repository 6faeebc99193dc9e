# Python code in an interpreter of its own, in the same process.
# Tells: thread-start id 1 at (outside)
# Never: thread-start id 2
# Never: probe-error
try:
    import _interpreters as interpreters
except ImportError:
    import _xxsubinterpreters as interpreters

import threading

try:
    one = interpreters.create(isolated=False)
except TypeError:
    one = interpreters.create()  # all are alike
code = "import threading\nt = threading.Thread(target=print, args=('inside',))\nt.start()\nt.join()"
interpreters.run_string(one, code)
interpreters.destroy(one)
threading.Thread(target=print, args=("outside",)).start()  # (outside)
