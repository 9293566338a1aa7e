"""Running PyInstaller, and tidying what it leaves."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from devtool import layout
from devtool.console import Console, Problem
from devtool.processes import run_logged
from devtool.shipping.environment import PackagingEnvironment

SPEC = layout.ROOT / "packaging" / "pyinstaller" / "lathe.spec"
_MACHINE_PATHS = ("direct_url.json", "RECORD", "INSTALLER", "REQUESTED")
"""Of a distribution's metadata: what speaks of the machine it was built on, or of files as they lay there."""


def make_bundle(console: Console, environment: PackagingEnvironment) -> Path:
    """The folder with the programs. Raises `Problem`."""
    folder = layout.BUILD / "dist" / "lathe"
    shutil.rmtree(folder.parent, ignore_errors=True)
    variables = {**environment.variables, "SOURCE_DATE_EPOCH": os.environ.get("SOURCE_DATE_EPOCH", "")}
    variables = {name: value for name, value in variables.items() if value}
    command: list[str | Path] = [environment.python, "-m", "PyInstaller", "--noconfirm"]
    command += ["--distpath", folder.parent, "--workpath", layout.BUILD / "work", SPEC]
    with console.step("PyInstaller") as step:
        run_logged(command, layout.BUILD / "pyinstaller.log", step, variables)
    if not folder.is_dir():
        raise Problem(f"PyInstaller has left no folder {folder}")
    tidy(folder)
    return folder


def tidy(folder: Path) -> None:
    """Removes what speaks of the machine; libraries that lie there under several names become links."""
    for name in _MACHINE_PATHS:
        for path in folder.rglob(f"*.dist-info/{name}"):
            path.unlink()
    if sys.platform == "win32":
        return
    for link in [path for path in folder.rglob("*") if path.is_symlink() and not path.exists()]:
        link.unlink()
    libraries = {path.parent for path in folder.rglob("*.so.[0-9]*")}
    for place in libraries | {path.parent for path in folder.rglob("*.dylib")}:
        link_copies(place)
    if sys.platform.startswith("linux"):
        strip(folder)


_WITH_TABLES = (
    "libpython*.so*",
    "lib-dynload/*.so",
    "cryptography/**/*.so",
    "hf_xet/*.so",
    "jiter/*.so",
    "yaml/*.so",
)
"""Libraries that come with tables for debuggers. Not those of `numpy.libs`: they were edited after they were
linked, and stripping breaks such files.
"""


def strip(folder: Path) -> None:
    """Takes away what only debuggers read: of an interpreter built from source, three times what runs."""
    files = {path for pattern in _WITH_TABLES for path in folder.rglob(pattern)}
    plain = [str(path) for path in sorted(files) if not path.is_symlink()]
    if plain and shutil.which("strip"):
        subprocess.run(["strip", "--strip-unneeded", *plain], check=True)


def link_copies(folder: Path) -> int:
    """`libx.so`, `libx.so.0` and `libx.so.0.25` with one content become one file and links to it.

    Not only smaller: loaded under two names a library is there twice, with two sets of variables. Returns how
    many became links.
    """
    linked = 0
    first: dict[tuple[str, int], Path] = {}
    for path in sorted(folder.iterdir(), key=lambda path: len(path.name)):
        if path.is_symlink() or not path.is_file() or not (".so" in path.name or ".dylib" in path.name):
            continue
        stem = path.name.split(".so")[0].split(".")[0]
        original = first.setdefault((stem, path.stat().st_size), path)
        if original is not path and original.read_bytes() == path.read_bytes():
            path.unlink()
            path.symlink_to(original.name)
            linked += 1
    return linked
