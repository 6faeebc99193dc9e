# The function takes another number of arguments.
# Findings: thread-failed.
import threading


class Shop:
    def ship(self, order, box):
        print(order, box)

    def open(self):
        threading.Thread(target=self.ship, args=(1,)).start()  #! thread-failed


def close(now):
    print(now)


threading.Thread(target=close).start()  #! thread-failed
threading.Timer(5, close, [True, False]).start()  #! thread-failed
