# Threads that talk by sockets of ZeroMQ.
# Threads: 2
# Findings: none
import threading

import zmq

context = zmq.Context()
collector = context.socket(zmq.PULL)
collector.bind("inproc://results")


def work(n):
    with context.socket(zmq.PUSH) as out:
        out.connect("inproc://results")
        out.send_string(str(n * n))


threads = [threading.Thread(target=work, args=(n,)) for n in (3, 4)]
for thread in threads:
    thread.start()
print(sorted(collector.recv_string() for _ in threads))
for thread in threads:
    thread.join()
collector.close()
context.term()
