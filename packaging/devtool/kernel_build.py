"""Compiling `engine/native/attention.c`, which Lathe also runs without, slower."""

import shutil
import sys
from collections.abc import Mapping
from pathlib import Path

from devtool import layout

SOURCE = layout.ROOT / "engine" / "native" / "attention.c"
SUFFIXES = {"darwin": ".dylib"}
NAME = f"liblathe_attention{SUFFIXES.get(sys.platform, '.so')}"
IN_CHECKOUT = SOURCE.with_name(NAME)
"""Where the program looks for it."""
FOR_PACKAGE = layout.BUILD / "native" / NAME
OPTIONS = ("-O3", "-fPIC", "-shared", "-fvisibility=hidden")
COMPILERS = ("cc", "gcc", "clang")


def compile_command(
    target: Path, variables: Mapping[str, str], platform: str = sys.platform
) -> list[str] | None:
    """None where no compiler is found. (Visual Studio's does not know the vector extensions that make the
    kernel worth it.)

    The result runs on any processor of this kind: which instructions are used is decided when it is loaded.
    """
    if platform == "win32":
        return None
    compiler = variables.get("CC") or next(
        (name for name in COMPILERS if shutil.which(name, path=variables.get("PATH"))), None
    )
    if compiler is None:
        return None
    return [*compiler.split(), *OPTIONS, "-o", str(target), str(SOURCE)]
