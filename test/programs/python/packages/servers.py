# Processes with pools of threads, which end on a signal.
# Threads: 1
# Findings: none
import os
import re
import signal
import subprocess
import sys
import tempfile
import urllib.request

with tempfile.TemporaryDirectory() as folder:
    with open(os.path.join(folder, "app.py"), "w") as file:
        file.write("def app(environ, start):\n    start('200 OK', [])\n    return [b'hello']\n")
    options = ["--bind", "127.0.0.1:0", "--workers", "1", "--threads", "2", "--chdir", folder, "--worker-tmp-dir", folder]
    command = [sys.executable, "-m", "gunicorn", *options, "app:app"]
    server = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    for line in server.stderr:
        address = re.search(r"Listening at: (\S+)", line)
        if address:
            print(urllib.request.urlopen(address.group(1)).read())
            break
    os.kill(server.pid, signal.SIGTERM)
    server.stderr.read()
    print(server.wait())
