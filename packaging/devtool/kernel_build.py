"""Compiling `engine/native/attention.c`, which Lathe also runs without, slower."""

import shutil
import sys
from collections.abc import Mapping
from pathlib import Path

from devtool import layout

SOURCE = layout.ROOT / "engine" / "native" / "attention.c"
SUFFIXES = {"darwin": ".dylib", "win32": ".dll"}
NAME = f"liblathe_attention{SUFFIXES.get(sys.platform, '.so')}"
IN_CHECKOUT = SOURCE.with_name(NAME)
"""Where the program looks for it."""
FOR_PACKAGE = layout.BUILD / "native" / NAME
OPTIONS = ("-O3", "-shared")
POSITION_INDEPENDENT = ("-fPIC", "-fvisibility=hidden")
"""On Windows everything is, and only what is marked is exported."""
COMPILERS = {"win32": ("clang",)}
"""Visual Studio's own compiler does not know the vector extensions that make the kernel worth it."""


def compile_command(
    target: Path, variables: Mapping[str, str], platform: str = sys.platform
) -> list[str] | None:
    """None where no compiler is found.

    The result runs on any processor of this kind: which instructions are used is decided when it is loaded.
    """
    names = COMPILERS.get(platform, ("cc", "gcc", "clang"))
    found = next((name for name in names if shutil.which(name, path=variables.get("PATH"))), None)
    compiler = found if platform == "win32" else variables.get("CC") or found
    if compiler is None:
        return None
    more = () if platform == "win32" else POSITION_INDEPENDENT
    return [*compiler.split(), *OPTIONS, *more, "-o", str(target), str(SOURCE)]
