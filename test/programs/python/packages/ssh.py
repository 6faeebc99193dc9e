# A client and a server of SSH, each with threads, in one process.
# Threads: 2
# Findings: none
import socket
import threading

import paramiko

key = paramiko.ECDSAKey.generate()


class Server(paramiko.ServerInterface):
    def check_auth_password(self, username, password):
        return paramiko.AUTH_SUCCESSFUL

    def check_channel_request(self, kind, chanid):
        return paramiko.OPEN_SUCCEEDED


here, there = socket.socketpair()
server = paramiko.Transport(there)
server.add_server_key(key)
server.start_server(event=threading.Event(), server=Server())
client = paramiko.Transport(here)
client.connect(username="a", password="b")
channel = client.open_session()
other = server.accept(20)
channel.sendall(b"hello")
print(other.recv(5))
client.close()
server.close()
client.join(10)
server.join(10)
