"""Processes that can reach nobody but this machine, and that tell of every attempt.

Python calls its audit hooks before it looks up a name or connects, so the attempt is seen in every process
that inherits the environment, whichever library makes it. Where the system allows it, the processes also
get a network of their own that has nothing but a loopback device, which holds for native code, too.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

_HOOK = '''\
"""Loaded by every Python process that inherits this folder in PYTHONPATH."""
import os, sys

LOG = os.environ["BLOCKED_NETWORK_LOG"]
HERE = ("127.", "::1", "localhost")


def _look(event, arguments):
    if event == "socket.getaddrinfo":
        host = arguments[0]
    elif event in ("socket.connect", "socket.sendto", "socket.gethostbyname"):
        address = arguments[-1]
        host = address[0] if isinstance(address, tuple) else None  # a path: a socket of this machine
    else:
        return
    if isinstance(host, bytes):
        host = host.decode("latin-1")
    if host and not str(host).startswith(HERE):
        with open(LOG, "a") as log:
            log.write(f"{event} {arguments!r} in {sys.argv}\\n")
        raise OSError(101, "the network is blocked for this test")


sys.addaudithook(_look)
with open(LOG + ".loaded", "a") as loaded:
    loaded.write(f"{os.getpid()} {sys.argv}\\n")
'''
_UP = """\
import fcntl, os, socket, struct, sys
with socket.socket() as s:
    fcntl.ioctl(s, 0x8914, struct.pack("16sh14x", b"lo", 0x1 | 0x40))
os.execv(sys.argv[1], sys.argv[1:])
"""
"""Switches the loopback device of a new network on (SIOCSIFFLAGS: up, running), then runs the command."""


class BlockedNetwork:
    """`attempts` is empty as long as nobody tried to leave."""

    def __init__(self, folder: Path) -> None:
        hook = folder / "hook"
        hook.mkdir()
        (hook / "sitecustomize.py").write_text(_HOOK, encoding="utf-8")
        self._log = folder / "attempts.txt"
        self._log.touch()
        self.environment = {
            **{key: value for key, value in os.environ.items() if not key.lower().endswith("_proxy")},
            "PYTHONPATH": os.pathsep.join([str(hook), str(Path(__file__).resolve().parents[2])]),
            "BLOCKED_NETWORK_LOG": str(self._log),
        }
        self._prefix = [sys.executable, "-c", _UP] if can_unshare() else []

    def command(self, *arguments: str) -> list[str]:
        """A Python command line inside."""
        wrapped = ["unshare", "--map-root-user", "--net", *self._prefix] if self._prefix else []
        return [*wrapped, sys.executable, *arguments]

    def run(self, *arguments: str, seconds: float = 120.0) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            self.command(*arguments),
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=seconds,
            check=False,
        )

    def attempts(self) -> str:
        return self._log.read_text(encoding="utf-8")

    def processes(self) -> list[str]:
        """Every Python process that was watched."""
        loaded = self._log.with_name(self._log.name + ".loaded")
        return loaded.read_text(encoding="utf-8").splitlines() if loaded.exists() else []


def can_unshare() -> bool:
    """Whether this user may make a network of its own (Linux)."""
    if shutil.which("unshare") is None:
        return False
    tried = subprocess.run(
        ["unshare", "--map-root-user", "--net", sys.executable, "-c", _UP, sys.executable, "-c", ""],
        capture_output=True,
        check=False,
    )
    return tried.returncode == 0
