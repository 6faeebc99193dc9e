"""JSON, made without a module that would have to be loaded, and without calling anything of the program's."""

#: Characters of a text; the reader cuts what is longer.
LONGEST_TEXT = 4096


def quoted(text):
    if type(text) is not str:
        text = str.__str__(text)
    if len(text) > LONGEST_TEXT:
        text = text[:LONGEST_TEXT]
    if text.isascii() and text.isprintable() and '"' not in text and "\\" not in text:
        return '"' + text + '"'
    return '"' + "".join(map(escaped, text)) + '"'


def escaped(char):
    code = ord(char)
    if char == '"' or char == "\\":
        return "\\" + char
    if 32 <= code < 127:
        return char
    if code < 0x10000:
        return "\\u%04x" % code
    code -= 0x10000
    return "\\u%04x\\u%04x" % (0xD800 + (code >> 10), 0xDC00 + (code & 0x3FF))


class Kept(dict):
    """What is told again and again, with its JSON. Nobody changes it."""

    __slots__ = ("json",)

    def __init__(self, **told):
        dict.__init__(self, told)
        self.json = "{" + members(told)[1:] + "}"


def json(value):
    kind = type(value)
    if kind is Kept:
        return value.json
    if value is True:
        return "true"
    if value is False:
        return "false"
    if kind is int:
        return "%d" % value
    if kind is float:
        return repr(value)
    if kind is dict:
        return "{" + members(value)[1:] + "}"
    if kind is list:
        return "[" + ",".join(map(json, value)) + "]"
    return quoted(value)


def members(told):
    """Each with a comma before it; what is None is left out."""
    text = ""
    for name in told:
        value = told[name]
        if value is not None:
            text += ',"' + name + '":' + json(value)
    return text
