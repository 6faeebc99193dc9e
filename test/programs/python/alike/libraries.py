# Threads that Python's own modules start.
# Tells: thread-start madeBy "timer" runs "work" at (timer)
# Tells: thread-start madeBy "queue-listener" daemon true from (listener)
# Tells: thread-start madeBy "raw" runs "work" at (raw)
# Tells: thread-start madeBy "executor" from (loop)
# Tells: thread-start madeBy "socketserver"
# Never: probe-error
import _thread
import asyncio
import logging.handlers
import queue
import socket
import socketserver
import threading

done = threading.Semaphore(0)


def work():
    done.release()


threading.Timer(0, work).start()  # (timer)
done.acquire()
listener = logging.handlers.QueueListener(queue.Queue())
listener.start()  # (listener)
listener.stop()
_thread.start_new_thread(work, ())  # (raw)
done.acquire()


async def main():
    await asyncio.get_running_loop().run_in_executor(None, work)  # (loop)


asyncio.run(main())


class Handler(socketserver.BaseRequestHandler):
    def handle(self):
        self.request.sendall(b"served")


with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler) as server:
    threading.Thread(target=server.serve_forever, args=(0.01,)).start()
    with socket.create_connection(server.server_address) as client:
        print(client.recv(10))
    server.shutdown()
