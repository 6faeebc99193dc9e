"""Notices that a method is fetched, and has everybody get the method itself."""


class Accessed:
    """In a class, in place of a method in Python: `note(object)` is called when it is fetched."""

    __slots__ = ("function", "note")

    def __init__(self, function, note):
        self.function = function
        self.note = note

    def __get__(self, owned, owner=None):
        if owned is None:
            return self.function
        try:
            self.note(owned)
        except Exception as error:
            problem(self.function.__name__, error)
        return self.function.__get__(owned, owner)
