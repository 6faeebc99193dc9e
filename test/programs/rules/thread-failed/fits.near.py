# Functions get what they take.
# Findings: none.
import functools
import threading


class Shop:
    def ship(self, order, box=None, *others, fast=False):
        print(order, box, others, fast)

    @staticmethod
    def close(now):
        print(now)


shop = Shop()
threading.Thread(target=shop.ship, args=(1, 2, 3)).start()
threading.Thread(target=Shop.ship, args=(shop, 1)).start()
threading.Thread(target=Shop.close, args=(1,)).start()
threading.Thread(target=functools.partial(shop.ship, 1)).start()
threading.Thread(target=shop.ship, args=(1,), kwargs={"fast": True}).start()
threading.Timer(5, shop.ship, ("order",)).start()
