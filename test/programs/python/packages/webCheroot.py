# A server with a pool of threads, which is stopped.
# Threads: 3
# Findings: none
import threading

import requests
from cheroot import wsgi


def app(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"hello"]


server = wsgi.Server(("127.0.0.1", 0), app, numthreads=2)
server.prepare()
thread = threading.Thread(target=server.serve)
thread.start()
print(requests.get("http://127.0.0.1:%d/" % server.bind_addr[1]).text)
server.stop()
thread.join()
