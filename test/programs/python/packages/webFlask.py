# A server that answers each request in a thread of its own, and is shut down.
# Threads: 5
# Findings: none
import logging
import threading

import flask
import requests
from werkzeug.serving import make_server

logging.getLogger("werkzeug").setLevel(logging.ERROR)
app = flask.Flask(__name__)


@app.route("/<int:n>")
def double(n):
    return str(2 * n)


server = make_server("127.0.0.1", 0, app, threaded=True)
thread = threading.Thread(target=server.serve_forever, name="server")
thread.start()
for n in range(4):
    print(requests.get(f"http://127.0.0.1:{server.port}/{n}").text)
server.shutdown()
thread.join()
