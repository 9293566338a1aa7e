"""How llama.cpp is compiled, beyond what its lock says."""

import os
import sys
from collections.abc import Mapping
from pathlib import Path

from devtool import layout

HEADERS = layout.ROOT / "packaging" / "llama_cpp"
TILE_HEADER = HEADERS / "amx_tile_config.h"
MARK = b"lathe-amx-tile-config-1"
"""In every library that was compiled with the header for a processor with AMX."""
SLOW_BUILD = (
    "  note llama.cpp came from an earlier build, which leaves the matrix units of this processor unused.\n"
    "       `python3 dev.py setup --rebuild-engine` compiles one that uses them (once, about 15 minutes on\n"
    "       two cores)."
)


def build_variables(variables: Mapping[str, str], platform: str = sys.platform) -> dict[str, str]:
    """The variables of a build. Where GCC or Clang compile, the header comes before every C++ source.

    Found through CPATH and not by its own path, which CMake would break at a space.
    """
    if platform == "win32":
        return dict(variables)
    flags = [variables.get("CXXFLAGS", ""), "-include", TILE_HEADER.name]
    path = [str(HEADERS), *filter(None, [variables.get("CPATH", "")])]
    return {**variables, "CXXFLAGS": " ".join(flags).strip(), "CPATH": os.pathsep.join(path)}


def leaves_matrix_units_unused(venv: Path, cpuinfo: Path = Path("/proc/cpuinfo")) -> bool:
    """Whether this processor has AMX and the installed llama.cpp was compiled without the header."""
    try:
        has_units = " amx_tile" in cpuinfo.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return False
    libraries = sorted(venv.glob("lib/python*/site-packages/llama_cpp/lib/libggml-cpu*.so"))
    return has_units and bool(libraries) and not any(MARK in library.read_bytes() for library in libraries)
