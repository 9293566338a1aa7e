"""The table of types says what the vendored library has."""

import ctypes
from collections import Counter
from pathlib import Path

import pytest

from engine.backends.llama_cpp.native import library
from engine.library.ggml_types import FILE_TYPES as FILE_TYPE_NAMES
from engine.library.ggml_types import GGML_TYPES
from engine.protocol.jobs import Planned, QuantizeJob
from engine.quantize.job import run_quantize
from engine.quantize.types import (
    FAMILIES,
    FILE_TYPES,
    TENSOR_TYPES,
    block_structure,
    canonical,
    nominal_bits,
)


def test_every_file_type_of_the_library_is_there() -> None:
    lib = library()
    known = {
        getattr(lib, name): canonical(name.removeprefix("LLAMA_FTYPE_").removeprefix("MOSTLY_"))
        for name in dir(lib)
        if name.startswith("LLAMA_FTYPE_") and name != "LLAMA_FTYPE_GUESSED"
    }
    known[0] = "F32"
    del known[lib.LLAMA_FTYPE_MOSTLY_NVFP4]  # declared, and refused by `llama_model_quantize`
    ours = {one.number: one.name for one in FILE_TYPES.values()}
    assert known == ours
    assert {number: FILE_TYPE_NAMES[number] for number in ours} == ours
    assert {one.family for one in FILE_TYPES.values()} == set(FAMILIES)


def test_sizes_of_tensor_types_are_the_librarys() -> None:
    ggml = library()._lib
    ggml.ggml_blck_size.restype, ggml.ggml_blck_size.argtypes = ctypes.c_int64, [ctypes.c_int]
    ggml.ggml_type_size.restype, ggml.ggml_type_size.argtypes = ctypes.c_size_t, [ctypes.c_int]
    ggml.ggml_type_name.restype, ggml.ggml_type_name.argtypes = ctypes.c_char_p, [ctypes.c_int]
    for number, kind in GGML_TYPES.items():
        assert ggml.ggml_type_name(number).decode().upper() == kind.name
        assert (ggml.ggml_blck_size(number), ggml.ggml_type_size(number)) == (kind.block, kind.size)


@pytest.mark.parametrize("name", FILE_TYPES)
def test_most_tensors_get_the_base_type(name: str, tiny: Path) -> None:
    plan = run_quantize(QuantizeJob(str(tiny), "", name, plan_only=True), lambda _: None)
    assert isinstance(plan, Planned)
    blocks = Counter(one.after for one in plan.tensors if len(one.shape) > 1 and "blk" in one.name)
    # Without experts MXFP4 has nothing to do.
    expected = "Q8_0" if name == "MXFP4" else FILE_TYPES[name].base
    if FILE_TYPES[name].upgrades:
        assert expected in blocks
    else:
        assert blocks.most_common(1)[0][0] == expected
    assert not any(one.fallback_from for one in plan.tensors)


def test_words_for_blocks() -> None:
    assert block_structure(TENSOR_TYPES["Q4_K"]) == "144 bytes for 256 weights in a row"
    assert block_structure(TENSOR_TYPES["F16"]) == "16 bits for each weight"
    assert nominal_bits(FILE_TYPES["Q4_K_M"]) == 4.5
    assert canonical("q4_k") == "Q4_K_M"
