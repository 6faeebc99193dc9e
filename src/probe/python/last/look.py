def look(is_abrupt):
    pass
