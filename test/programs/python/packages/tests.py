# Tests with a time limit for each, by a thread, and with threads of their own.
# Threads: 2
# Findings: none
import sys
import threading

import pytest


def test_thread():
    found = []
    thread = threading.Thread(target=found.append, args=(1,))
    thread.start()
    thread.join()
    assert found == [1]


if __name__ == "__main__":
    options = ["-q", "-p", "no:cacheprovider", "--timeout=50", "--timeout-method=thread"]
    sys.exit(pytest.main([*options, __file__]))
