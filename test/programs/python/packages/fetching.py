# Many requests by an executor, to a server with a thread for each.
# Threads: 4
# Findings: none
import http.server
import threading
from concurrent.futures import ThreadPoolExecutor

import requests


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(self.path.encode())

    def log_message(self, *args):
        pass


with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    address = "http://127.0.0.1:%d/" % server.server_port
    with ThreadPoolExecutor(3) as pool:
        print(list(pool.map(lambda n: requests.get(address + str(n)).text, range(6))))
    server.shutdown()
    thread.join()
