# A server with a pool of threads.
# Threads: 5
# Findings: none
import threading

import requests
import waitress


def app(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [environ["PATH_INFO"].encode()]


server = waitress.create_server(app, host="127.0.0.1", port=0, threads=4)
thread = threading.Thread(target=server.run, name="server", daemon=True)
thread.start()
for n in range(3):
    print(requests.get(f"http://127.0.0.1:{server.effective_port}/{n}").text)
server.task_dispatcher.shutdown()
