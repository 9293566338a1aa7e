"""How llama.cpp is compiled: the corrected tile set-up is in it, wherever it can be."""

import shutil
import subprocess
from pathlib import Path

import pytest

from devtool import engine_build
from devtool.engine_build import MARK, TILE_HEADER, build_variables, leaves_matrix_units_unused

SOURCE = """
#include <immintrin.h>
struct alignas(64) Shapes {
    unsigned char palette, start, none[14];
    unsigned short columns[16];
    unsigned char rows[16];
};
void set_up() {
    Shapes shapes = {};
    shapes.palette = 1;
    shapes.columns[7] = 0x1234;
    shapes.rows[7] = 0x56;
    _tile_loadconfig(&shapes);
}
"""


@pytest.mark.skipif(shutil.which("g++") is None, reason="GCC is what the header is for")
def test_the_header_keeps_every_byte_of_the_tile_set_up(tmp_path: Path) -> None:
    folder = tmp_path / "with space"
    folder.mkdir()
    header = folder / TILE_HEADER.name
    header.write_bytes(TILE_HEADER.read_bytes())
    source = tmp_path / "tiles.cpp"
    source.write_text(SOURCE)
    command = ["g++", "-O3", "-mamx-tile", "-S", "-o", "-", "-include", header.name, str(source)]
    environment = {"PATH": build_variables({"PATH": "/usr/bin:/bin"})["PATH"], "CPATH": str(folder)}
    made = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    if "unrecognized command-line option" in made.stderr:
        pytest.skip("this GCC does not know AMX")
    assert made.returncode == 0, made.stderr
    assert "ldtilecfg" in made.stdout
    # GCC's own macro leaves out the stores of both, for they are past the eight bytes that it names.
    assert str(0x1234) in made.stdout
    assert str(0x56) in made.stdout
    assert MARK.decode() in made.stdout


def test_a_build_finds_the_header_and_keeps_what_the_user_set() -> None:
    made = build_variables({"CXXFLAGS": "-O1", "CPATH": "/mine", "HOME": "/h"}, "linux")
    assert made["CXXFLAGS"] == f"-O1 -include {TILE_HEADER.name}"
    assert made["CPATH"] == f"{TILE_HEADER.parent}:/mine"
    assert made["HOME"] == "/h"
    assert build_variables({"CXXFLAGS": "/O2"}, "win32") == {"CXXFLAGS": "/O2"}


@pytest.mark.parametrize(
    ("flags", "library", "unused"),
    [
        ("fpu amx_bf16 amx_tile", b"other", True),
        ("fpu amx_bf16 amx_tile", b"a" + MARK + b"b", False),
        ("fpu avx2", b"other", False),
    ],
)
def test_an_earlier_build_is_told_on_a_processor_with_matrix_units(
    tmp_path: Path, flags: str, library: bytes, unused: bool
) -> None:
    cpuinfo = tmp_path / "cpuinfo"
    cpuinfo.write_text(f"flags\t\t: {flags}\n")
    lib = tmp_path / "lib" / "python3.11" / "site-packages" / "llama_cpp" / "lib"
    lib.mkdir(parents=True)
    (lib / "libggml-cpu.so").write_bytes(library)
    assert leaves_matrix_units_unused(tmp_path, cpuinfo) is unused
    assert not leaves_matrix_units_unused(tmp_path, tmp_path / "missing")


def test_the_header_is_where_the_build_looks() -> None:
    assert engine_build.TILE_HEADER.is_file()
