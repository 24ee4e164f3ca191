"""A story's own world: namespaces for processes, mounts and network.

Nothing in it meets another run's Link multicast, JACK servers or namespace names, and nothing outlives it: when the
first process of a process namespace ends, however it ends, the kernel ends all the others.
"""
import os
import shutil
import subprocess
import sys

SKIPPED = 77  # what CTest reads as "not run here"
_INSIDE = "TUTTI_E2E_WORLD"
_UNSHARE = ["unshare", "--mount", "--net", "--pid", "--fork", "--kill-child", "--mount-proc"]


def skip(why):
    print(f"skipped: {why}")
    sys.exit(SKIPPED)


def enter(*programs):
    """First line of every story: comes back inside a fresh world, or skips with one clear line."""
    if os.environ.get(_INSIDE) == "yes":
        _furnish()
        return
    if os.geteuid() != 0:
        skip("network namespaces need root")
    missing = [program for program in programs if shutil.which(program) is None]
    if missing:
        skip(f"not installed: {', '.join(missing)} (see resources/packages/debian.txt)")
    if subprocess.run([*_UNSHARE, "true"], stderr=subprocess.DEVNULL, check=False).returncode != 0:
        skip("this machine does not let root make namespaces (a container without CAP_SYS_ADMIN?)")
    os.environ[_INSIDE] = "yes"
    os.execvp(_UNSHARE[0], [*_UNSHARE, sys.executable, *sys.argv])


def _furnish():
    os.makedirs("/run/netns", exist_ok=True)
    for place in ("/dev/shm", "/run/netns"):  # JACK's names, and the names of our hosts
        subprocess.run(["mount", "-t", "tmpfs", "none", place], check=True)
    subprocess.run(["ip", "link", "set", "lo", "up"], check=True)


def built(name):
    """Where the test's own programs are: beside Tutti, or in TUTTI_BIN."""
    folder = os.environ.get("TUTTI_BIN") or os.path.dirname(os.environ.get("TUTTI", ""))
    path = os.path.join(folder, name)
    if not os.access(path, os.X_OK):
        skip(f"{name} is not built (looked in '{folder}'; set TUTTI_BIN)")
    return path
