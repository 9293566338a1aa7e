"""A Debian with nothing in it, to install packages into: debootstrap's smallest, used through chroot.

Needs root and debootstrap. The tree is made once and kept as an archive; each use unpacks a new one.
"""

import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

RELEASE = "bookworm"
"""The oldest release that the package has to work on: it is built on it."""
TOOLS = ("xvfb", "xdotool", "xauth")
_FROM_HERE = ("etc/resolv.conf", "etc/apt/apt.conf.d")
_PASSING = ("var/cache", "var/log", "var/lib/apt", "var/lib/dpkg", "tmp", "run", "dev", "proc", "sys")
"""Folders in which package managers keep their books."""
_REBUILT = ("etc/ld.so.cache", "etc/.pwd.lock")
_NAMESPACES = ("unshare", "--mount", "--pid", "--fork", "--kill-child", "--net", "--ipc", "--uts")
SECONDS = 900


class BareRoot:
    """One root file system."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @classmethod
    def unpacked(cls, folder: Path, kept: Path) -> "BareRoot":
        """A new one in `folder`, from the archive `kept`, which is made where it is missing."""
        if not kept.exists():
            cls._make(folder)
            kept.parent.mkdir(parents=True, exist_ok=True)
            draft = kept.with_suffix(".part")
            _run(["tar", "--create", "--file", str(draft), "--one-file-system", "-C", str(folder), "."])
            draft.rename(kept)
            return cls(folder)
        folder.mkdir(parents=True, exist_ok=True)
        _run(["tar", "--extract", "--file", str(kept), "-C", str(folder)])
        return cls(folder)

    @classmethod
    def _make(cls, folder: Path) -> None:
        mirror = os.environ.get("LATHE_DEBIAN_MIRROR", "http://deb.debian.org/debian")
        _run(["debootstrap", "--variant=minbase", RELEASE, str(folder), mirror])
        for name in _FROM_HERE:  # how this machine reaches the mirror
            source, target = Path("/") / name, folder / name
            if source.is_dir():
                shutil.copytree(source, target, dirs_exist_ok=True, ignore=shutil.ignore_patterns("docker*"))
            elif source.exists():
                shutil.copy(source, target)
        root = cls(folder)
        root.run(["apt-get", "update", "-qq"])
        root.apt("install", *TOOLS)
        root.run(["useradd", "--create-home", "person"])

    def apt(self, command: str, *packages: str) -> str:
        return self.run(["apt-get", command, "-y", "-qq", "--no-install-recommends", *packages])

    def run(self, command: Sequence[str]) -> str:
        """As root inside, with this machine's network. Raises `AssertionError` with what it said."""
        return _run(["chroot", str(self.folder), *command])

    def run_alone(self, script: str, *, user: str = "person") -> str:
        """A shell script as a user, with processes and a network of its own: nothing outlives or leaves
        it.
        """
        inside = (
            "mount --bind /dev {0}/dev && mount -t proc proc {0}/proc && mount -t tmpfs tmpfs {0}/tmp && "
            "chmod 1777 {0}/tmp && exec chroot {0} su --login {1} --command 'bash -s'"
        )
        return _run([*_NAMESPACES, "bash", "-c", inside.format(self.folder, user)], text=script)

    def folders(self) -> set[str]:
        """The folders of the first two levels: what dpkg could take away when it empties them."""
        found = [*self.folder.glob("*/"), *self.folder.glob("*/*/")]
        return {str(path.relative_to(self.folder)) for path in found if not path.is_symlink()}

    def files(self) -> set[str]:
        """Every file and link, without what package managers note down."""
        found = set()
        for place, folders, names in os.walk(self.folder):
            relative = os.path.relpath(place, self.folder)
            folders[:] = [name for name in folders if os.path.normpath(f"{relative}/{name}") not in _PASSING]
            found |= {os.path.normpath(f"{relative}/{name}") for name in names}
        return found - set(_REBUILT)


def _run(command: Sequence[str], text: str = "") -> str:
    environment = {
        "PATH": "/usr/sbin:/usr/bin:/sbin:/bin",
        "DEBIAN_FRONTEND": "noninteractive",
        "LC_ALL": "C.UTF-8",
        **{name: value for name, value in os.environ.items() if name.lower().endswith("_proxy")},
    }
    result = subprocess.run(
        list(command),
        input=text,
        env=environment,
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
        errors="replace",
    )
    assert result.returncode == 0, f"{command}: {result.returncode}\n{result.stdout}\n{result.stderr}"
    return result.stdout
