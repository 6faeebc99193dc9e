# A thread for each of many rounds, and one after the other.
# Findings: thread-churn.
import threading

for n in range(500):
    threading.Thread(target=print, args=(n,)).start()  #! thread-churn
for n in range(3):
    thread = threading.Thread(target=print, args=(n,))
    thread.start()  #! thread-churn
    thread.join()
