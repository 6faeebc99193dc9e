# Python code in an interpreter of its own, in the same process.
try:
    import _interpreters as interpreters
except ImportError:
    import _xxsubinterpreters as interpreters

import threading

one = interpreters.create()
code = "import threading\nt = threading.Thread(target=print, args=('inside',))\nt.start()\nt.join()"
interpreters.run_string(one, code)
interpreters.destroy(one)
threading.Thread(target=print, args=("outside",)).start()
