"""What a running program holds: descriptors, memory, UDP sockets."""
import os
import socket


def descriptors(pid):
    return len(os.listdir(f"/proc/{pid}/fd"))


def resident_kilobytes(pid):
    with open(f"/proc/{pid}/status", encoding="utf-8") as file:
        return next(int(line.split()[1]) for line in file if line.startswith("VmRSS"))


def udp_sockets(pid):
    """(family, port) of each."""
    ours = set()
    for descriptor in os.listdir(f"/proc/{pid}/fd"):
        try:
            ours.add(os.readlink(f"/proc/{pid}/fd/{descriptor}"))
        except FileNotFoundError:
            pass  # closed while we looked
    found = set()
    for family, table in ((socket.AF_INET, "udp"), (socket.AF_INET6, "udp6")):
        with open(f"/proc/{pid}/net/{table}", encoding="utf-8") as file:
            for line in list(file)[1:]:
                fields = line.split()
                if f"socket:[{fields[9]}]" in ours:
                    found.add((family, int(fields[1].split(":")[1], 16)))
    return sorted(found)
