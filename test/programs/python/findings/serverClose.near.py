# The connection has a time limit, and is closed before.
# Exit: returned.
# Threads: 2 returned.
# Findings: none.
import socket
import socketserver
import threading


class Handler(socketserver.StreamRequestHandler):
    timeout = 5

    def handle(self):
        for line in self.rfile:
            self.wfile.write(line)


class Server(socketserver.ThreadingMixIn, socketserver.TCPServer):
    pass


with Server(("127.0.0.1", 0), Handler) as server:
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), name="server")
    thread.start()
    with socket.create_connection(server.server_address) as browser:
        browser.sendall(b"hello\n")
        print("served", browser.recv(100))
    server.shutdown()
    thread.join()
print("closed")
