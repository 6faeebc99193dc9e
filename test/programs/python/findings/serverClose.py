# server_close() waits for the thread of a request that never ends.
# Exit: error, code 130.
# Threads: 1 main-exit, 1 returned.
# Findings [3.8-3.9]: held-by-thread “Thread-1” at (class).
# Findings [3.10+]: held-by-thread “Thread-1 (process_request_thread)” at (class).
import signal
import socket
import socketserver
import threading

signal.signal(signal.SIGALRM, signal.default_int_handler)  # in place of somebody's Ctrl-C
signal.setitimer(signal.ITIMER_REAL, 1.6, 0.5)


class Handler(socketserver.StreamRequestHandler):
    def handle(self):
        for line in self.rfile:
            self.wfile.write(line)


class Server(socketserver.ThreadingMixIn, socketserver.TCPServer):  # (class)
    pass


server = Server(("127.0.0.1", 0), Handler)
threading.Thread(target=server.serve_forever, args=(0.05,), name="server").start()
browser = socket.create_connection(server.server_address)
browser.sendall(b"hello\n")
print("served", browser.recv(100), flush=True)
server.shutdown()
server.server_close()
print("closed")
