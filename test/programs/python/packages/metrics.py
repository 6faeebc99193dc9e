# A server of metrics in a daemon, which nobody stops: there is no way to.
# Threads: 1
# Findings: none
import urllib.request

import prometheus_client
from prometheus_client import exposition

ports = []


class Server(exposition.ThreadingWSGIServer):
    def server_activate(self):
        super().server_activate()
        ports.append(self.server_port)


exposition.ThreadingWSGIServer = Server
prometheus_client.Counter("things", "Things").inc(3)
prometheus_client.start_http_server(0, addr="127.0.0.1")
text = urllib.request.urlopen(f"http://127.0.0.1:{ports[0]}/metrics").read().decode()
print([line for line in text.splitlines() if line.startswith("things_total")])
