"""What a screen reader sees: a display, the accessibility bus of its own, and the tree of a program on it.

Speaks AT-SPI 2 over D-Bus, as Orca does: <https://gnome.pages.gitlab.gnome.org/at-spi2-core/>.
"""

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import pytest

jeepney = pytest.importorskip("jeepney")  # comes with keyring, on Linux only
blocking = pytest.importorskip("jeepney.io.blocking")

LAUNCHERS = ("/usr/libexec/at-spi-bus-launcher", "/usr/lib/at-spi2-core/at-spi-bus-launcher")
ROOT = "/org/a11y/atspi/accessible/root"
REGISTRY = "org.a11y.atspi.Registry"
FOCUSABLE, SELECTED, SHOWING = 11, 23, 25
"""Bits of a state set (`AtspiStateType`)."""
MOST_CHILDREN = 60


def what_is_missing() -> str:
    """The program that has to be installed for this; "" where all are."""
    needed = [name for name in ("Xvfb", "dbus-daemon") if shutil.which(name) is None]
    if not any(Path(path).exists() for path in LAUNCHERS):
        needed.append("at-spi-bus-launcher")
    return ", ".join(needed)


@dataclass(frozen=True)
class Node:
    """One thing on the bus: the name of its program there, and its path."""

    bus: Any
    owner: str
    path: str

    @property
    def name(self) -> str:
        return str(self.get("Accessible", "Name"))

    @property
    def role(self) -> str:
        return str(self.call("Accessible", "GetRoleName")[0])

    def is_in(self, state: int) -> bool:
        low, high = self.call("Accessible", "GetState")[0]
        return bool((low | high << 32) >> state & 1)

    def children(self) -> list[Self]:
        found = self.call("Accessible", "GetChildren")[0][:MOST_CHILDREN]
        return [type(self)(self.bus, owner, path) for owner, path in found]

    def walk(self) -> Iterator[Self]:
        """Itself and all that shows below."""
        yield self
        for child in self.children():
            if child.is_in(SHOWING):
                yield from child.walk()

    def find(self, role: str, name: str) -> Self:
        """The first that shows; raises `LookupError`."""
        for node in self.walk():
            if node.role == role and node.name.startswith(name):
                return node
        raise LookupError(f"no {role} “{name}”")

    def press(self) -> None:
        """What a click does."""
        self.call("Action", "DoAction", "i", (0,))

    def has(self, interface: str) -> bool:
        return f"org.a11y.atspi.{interface}" in self.call("Accessible", "GetInterfaces")[0]

    def get(self, interface: str, name: str) -> Any:
        body = (f"org.a11y.atspi.{interface}", name)
        return self._ask("org.freedesktop.DBus.Properties", "Get", "ss", body)[0][1]

    def call(
        self, interface: str, method: str, signature: str | None = None, body: tuple[Any, ...] = ()
    ) -> Any:
        return self._ask(f"org.a11y.atspi.{interface}", method, signature, body)

    def _ask(self, interface: str, method: str, signature: str | None, body: tuple[Any, ...]) -> Any:
        where = jeepney.DBusAddress(self.path, self.owner, interface)
        message = jeepney.new_method_call(where, method, signature, body)
        reply = self.bus.send_and_get_reply(message, timeout=30)
        if reply.header.message_type is jeepney.MessageType.error:
            raise LookupError(reply.body)  # gone, or not there yet
        return reply.body


@dataclass(frozen=True)
class Desktop:
    """A display with an accessibility bus. `environment` is for programs that should appear on it."""

    environment: dict[str, str]
    bus: Any

    def programs(self) -> list[Node]:
        return Node(self.bus, REGISTRY, ROOT).children()


@contextmanager
def desktop(folder: Path) -> Iterator[Desktop]:
    """Everything of its own in `folder`; nothing of the user's session is touched."""
    with ExitStack() as stack:
        reading, writing = os.pipe()
        screen = ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1440x900x24", "-nolisten", "tcp"]
        stack.enter_context(_running(screen, dict(os.environ), pass_fds=(writing,)))
        os.close(writing)
        with os.fdopen(reading) as number:
            display = f":{number.readline().strip()}"
        environment = os.environ | {
            "DISPLAY": display,
            "XDG_RUNTIME_DIR": str(folder),
            "QT_QPA_PLATFORM": "xcb",
            "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
        }
        daemon = ["dbus-daemon", "--session", "--nofork", "--print-address=1"]
        session = stack.enter_context(_running(daemon, environment))
        assert session.stdout is not None
        environment["DBUS_SESSION_BUS_ADDRESS"] = session.stdout.readline().strip()
        launcher = next(path for path in LAUNCHERS if Path(path).exists())
        stack.enter_context(_running([launcher, "--launch-immediately"], environment))
        with blocking.open_dbus_connection(environment["DBUS_SESSION_BUS_ADDRESS"]) as known:
            address = _address_of_bus(known)
        bus = stack.enter_context(blocking.open_dbus_connection(address))
        yield Desktop(environment, bus)


def _address_of_bus(known: Any) -> str:
    where = jeepney.DBusAddress("/org/a11y/bus", "org.a11y.Bus", "org.a11y.Bus")
    reply: Any = ""
    for _ in range(100):
        message = jeepney.new_method_call(where, "GetAddress")
        reply = known.send_and_get_reply(message, timeout=30).body[0]
        if str(reply).startswith("unix:"):
            return str(reply)
        time.sleep(0.1)  # the launcher has not taken its name yet
    raise TimeoutError(reply)


@contextmanager
def _running(
    command: list[str], environment: dict[str, str], pass_fds: tuple[int, ...] = ()
) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        command,
        env=environment,
        pass_fds=pass_fds,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        yield process
    finally:
        process.terminate()
        process.wait(10)
        if process.stdout is not None:
            process.stdout.close()
