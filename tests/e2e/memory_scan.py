"""Looks for known bytes in the memory of a running program."""


def _readable(pid):
    with open(f"/proc/{pid}/maps", encoding="utf-8") as file:
        for line in file:
            fields = line.split()
            if fields[1].startswith("r") and fields[-1] not in ("[vvar]", "[vsyscall]", "[vvar_vclock]"):
                begin, end = (int(number, 16) for number in fields[0].split("-"))
                yield begin, end - begin


def found_in_memory(pid, patterns):
    """{name: how often} of those that are there; `patterns` is {name: bytes}."""
    found = {}
    with open(f"/proc/{pid}/mem", "rb", buffering=0) as memory:
        for begin, size in _readable(pid):
            try:
                memory.seek(begin)
                content = memory.read(size)
            except OSError:
                continue  # gone, or a device
            for name, pattern in patterns.items():
                if count := content.count(pattern):
                    found[name] = found.get(name, 0) + count
    return found
