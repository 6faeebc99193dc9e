# A daemon waits for others, who may not answer.
# Change: cut-off-while-writing in main.py: none.
import socket
import threading

mine, other = socket.socketpair()


def record():
    with open("out.log", "wb") as out:
        while True:
            out.write(mine.recv(10))


threading.Thread(target=record, daemon=True).start()
other.send(b"a")
