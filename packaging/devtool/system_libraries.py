"""System libraries that Qt needs on Linux and that no Python package brings."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

DRAWING = {
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libX11.so.6": "libx11-6",
}
"""File name to Debian package: what importing and drawing needs, with or without a screen."""

WINDOW = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-glx.so.0": "libxcb-glx0",
    "libX11-xcb.so.1": "libx11-xcb1",
}
"""What a window on an X server needs on top."""

PROGRAMS_FOR_TESTS = {"Xvfb": "xvfb", "xauth": "xauth"}

_PROBE = """
import ctypes, sys
for name in sys.argv[1:]:
    try:
        ctypes.CDLL(name)
    except OSError:
        print(name)
"""


@dataclass(frozen=True)
class Missing:
    """What was not found, and the Debian packages that have it."""

    names: tuple[str, ...]
    packages: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.names)

    def sentence(self, what_for: str) -> str:
        """Names everything and the command that installs it."""
        return (
            f"Qt needs system libraries for {what_for} that are not installed: {', '.join(self.names)}.\n"
            f"  On Debian and Ubuntu: sudo apt-get install {' '.join(self.packages)}\n"
            "  Elsewhere: install the packages that contain these files, then run the same command again."
        )


def wanted(*, display: str | None) -> dict[str, str]:
    """The libraries without which Qt does not start on this kind of display."""
    return {**DRAWING, **(WINDOW if display == "x11" else {})}


def find_missing(libraries: Mapping[str, str], programs: Mapping[str, str] | None = None) -> Missing:
    """Tries to load each library, in a process of its own because some of them cannot be unloaded."""
    command = [sys.executable, "-c", _PROBE, *libraries]
    output = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    absent = output.split() + [name for name in programs or {} if shutil.which(name) is None]
    return named(absent, {**libraries, **(programs or {})})


def named(absent: Iterable[str], packages: Mapping[str, str]) -> Missing:
    """Pairs what is absent with its packages."""
    names = tuple(absent)
    return Missing(names, tuple(dict.fromkeys(packages[name] for name in names)))


def display_kind(environment: Mapping[str, str], platform: str = sys.platform) -> str | None:
    """`native`, `wayland`, `x11`, what QT_QPA_PLATFORM asks for, or None where nothing can show a window."""
    if forced := environment.get("QT_QPA_PLATFORM"):
        return "x11" if forced.startswith("xcb") else forced
    if not platform.startswith("linux"):
        return "native"
    if environment.get("WAYLAND_DISPLAY"):
        return "wayland"
    return "x11" if environment.get("DISPLAY") else None


def can_install() -> bool:
    """Root on Debian, Ubuntu or a relative of theirs."""
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    return is_root and Path("/etc/debian_version").exists() and shutil.which("apt-get") is not None


def install_commands(packages: Iterable[str]) -> list[list[str]]:
    """What `can_install` allows to run, in order."""
    return [
        ["apt-get", "update", "-qq"],
        ["apt-get", "install", "-y", "--no-install-recommends", *packages],
    ]
