# The function is called where its name was meant.
# Findings: ran-in-caller.
import threading


def work():
    print("work")


threading.Thread(target=work()).start()  #! ran-in-caller
