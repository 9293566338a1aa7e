"""What Linux programs and libraries ask of the system: read with `readelf`, which comes with compilers."""

import re
import subprocess
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

_MAGIC = b"\x7fELF"
_NEEDED = re.compile(r"\(NEEDED\).*\[(.+)\]")
_SONAME = re.compile(r"\(SONAME\).*\[(.+)\]")
_GLIBC = re.compile(r"\bGLIBC_(\d+)\.(\d+)\b")
_AT_ONCE = 200
OPTIONAL = ("libqgtk3.so",)
"""Plugins that Qt does without where their libraries are missing."""


@dataclass
class Demands:
    """`outside`: sonames that nothing in the folder has, with one file that wants each."""

    glibc: tuple[int, int] = (2, 0)
    outside: dict[str, Path] = field(default_factory=dict)


def demands(folder: Path) -> Demands:
    """Of all ELF files in a folder. Raises `OSError`, `subprocess.CalledProcessError`."""
    files = list(elf_files(folder))
    needed: dict[str, Path] = {}
    inside = {path.name for path in folder.rglob("*.so*")}
    glibc = (2, 0)
    for path, text in _read(files):
        for name in () if path.name in OPTIONAL else _NEEDED.findall(text):
            needed.setdefault(name, path)
        inside.update(_SONAME.findall(text))
        for major, minor in _GLIBC.findall(text):
            glibc = max(glibc, (int(major), int(minor)))
    return Demands(glibc, {name: path for name, path in sorted(needed.items()) if name not in inside})


def elf_files(folder: Path) -> Iterator[Path]:
    """Files, not links to them."""
    for path in sorted(folder.rglob("*")):
        if path.is_symlink() or not path.is_file():
            continue
        with path.open("rb") as file:
            if file.read(4) == _MAGIC:
                yield path


def _read(files: Iterable[Path]) -> Iterator[tuple[Path, str]]:
    """The dynamic section and the versions of each file."""
    paths = list(files)
    for start in range(0, len(paths), _AT_ONCE):
        some = paths[start : start + _AT_ONCE]
        command = ["readelf", "--dynamic", "--version-info", "--wide", *map(str, some)]
        output = subprocess.run(command, capture_output=True, text=True, check=True, errors="replace").stdout
        if len(some) == 1:  # readelf names files only where there are several
            yield some[0], output
            continue
        for part in re.split(r"^File: ", output, flags=re.MULTILINE)[1:]:
            name, _, text = part.partition("\n")
            yield Path(name.strip()), text
