"""The parts about modules of Python are loaded when the program loads those: to load one before it does would change what it sees."""


class Finder:
    """In front of the others; goes when all has been found."""

    def __init__(self, wanted):
        self.wanted = wanted

    def find_spec(self, name, path=None, target=None):
        if name not in self.wanted:
            return None
        watch = self.wanted.pop(name)
        if not self.wanted:
            self.leave()
        spec = spec_of_others(self, name, path, target)
        if spec is not None and spec.loader is not None and hasattr(spec.loader, "exec_module"):
            spec.loader = Loader(spec.loader, watch)
        return spec

    def leave(self):
        try:
            sys.meta_path.remove(self)
        except ValueError:
            pass


def spec_of_others(finder, name, path, target):
    for other in list(sys.meta_path):
        find = getattr(other, "find_spec", None)
        if other is not finder and find is not None:
            spec = find(name, path, target)
            if spec is not None:
                return spec
    return None


class Loader:
    """The module's own loader, but for one call of ours after it."""

    def __init__(self, loader, watch):
        self.loader = loader
        self.watch = watch

    def __getattr__(self, name):
        return getattr(self.loader, name)

    def create_module(self, spec):
        return self.loader.create_module(spec)

    def exec_module(self, module):
        loader = module.__spec__.loader = module.__loader__ = self.loader
        loader.exec_module(module)
        try:
            self.watch(module)
        except Exception as error:
            problem("watch " + module.__name__, error)


def watch_imports(wanted):
    for name in list(wanted):
        module = sys.modules.get(name)
        if module is not None:
            wanted.pop(name)(module)
    if wanted:
        sys.meta_path.insert(0, Finder(wanted))
