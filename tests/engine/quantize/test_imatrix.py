"""Importance matrices: what is summed, and the file that carries it."""

import struct
from collections.abc import Callable
from pathlib import Path

import gguf
import numpy as np
import pytest

from engine.backends.llama_cpp.text_chunks import ChunkReader
from engine.errors import UserError
from engine.library.catalog import read_entry
from engine.library.walk import Found
from engine.protocol.jobs import AnyJob, FileWritten, ImatrixJob, JobEvent, JobStep
from engine.quantize.imatrix import measure
from engine.quantize.imatrix_file import read_imatrix, write_imatrix
from engine.quantize.imatrix_values import Entry, Imatrix
from tests.engine.quantize.conftest import Running
from tests.support.numpy_llama import forward
from tests.support.tiny_llama import TEXT, Size, write_tiny_llama

CHUNK = 64


@pytest.mark.parametrize("experts", [0, 4])
def test_sums_are_those_of_a_plain_forward_pass(experts: int, tmp_path: Path) -> None:
    path = write_tiny_llama(tmp_path / "model.gguf", Size(n_embd=64, n_ff=96, experts=experts))
    steps: list[JobEvent] = []
    text = TEXT * 3
    found = measure(path, text, ImatrixJob(str(path), "", "", n_ctx=CHUNK, n_tokens=200), steps.append)
    with ChunkReader(path, CHUNK) as reader:
        tokens = reader.tokenize(text, 200)
    assert len(tokens) == 3 * CHUNK
    assert [one.fraction for one in steps if isinstance(one, JobStep)] == pytest.approx([1 / 3, 2 / 3, 1])
    passes = [forward(path, tokens[start : start + CHUNK]).inputs for start in range(0, len(tokens), CHUNK)]
    assert set(found.entries) == set(passes[0])
    for name, entry in found.entries.items():
        matrices = len(entry.counts)
        assert matrices == (experts if "_exps" in name else 1)
        sums = np.zeros(entry.sums.shape)
        counts = np.zeros(matrices)
        for one in passes:
            rows, owners = one[name]
            np.add.at(sums, owners, rows**2)
            counts += np.bincount(owners, minlength=matrices)
        if experts:
            # Which expert a token on the edge is given to may differ by rounding.
            assert np.abs(entry.counts - counts).sum() <= 4
            np.testing.assert_allclose(entry.sums.sum(0), sums.sum(0), rtol=0.05)
        else:
            np.testing.assert_array_equal(entry.counts, counts)
            np.testing.assert_allclose(entry.sums, sums, rtol=0.01)
    assert (found.chunk_count, found.chunk_size) == (3, CHUNK)


def test_file_is_the_one_that_llama_cpp_knows(tmp_path: Path) -> None:
    entries = {
        "blk.0.attn_q.weight": Entry(np.array([[1, 4, 9]], np.float32), np.array([2], np.float32)),
        "blk.0.ffn_up_exps.weight": Entry(
            np.array([[2, 2], [0, 0]], np.float32), np.array([4, 0], np.float32)
        ),
    }
    path = tmp_path / "im.gguf"
    write_imatrix(path, Imatrix(entries, ("one.txt", "two.txt"), 7, 512))
    reader = gguf.GGUFReader(path)
    fields = {name: field.contents() for name, field in reader.fields.items() if "GGUF" not in name}
    assert fields == {
        "general.type": "imatrix",
        "imatrix.datasets": ["one.txt", "two.txt"],
        "imatrix.chunk_count": 7,
        "imatrix.chunk_size": 512,
    }
    shapes = {tensor.name: tensor.data.shape for tensor in reader.tensors}
    assert shapes == {
        "blk.0.attn_q.weight.in_sum2": (1, 3),
        "blk.0.attn_q.weight.counts": (1, 1),
        "blk.0.ffn_up_exps.weight.in_sum2": (2, 2),
        "blk.0.ffn_up_exps.weight.counts": (2, 1),
    }
    again = read_imatrix(path, {})
    assert again.datasets == ("one.txt", "two.txt")
    assert (again.chunk_count, again.chunk_size) == (7, 512)
    for name, entry in entries.items():
        np.testing.assert_array_equal(again.entries[name].sums, entry.sums)
        np.testing.assert_array_equal(again.entries[name].counts, entry.counts)
    np.testing.assert_array_equal(again.entries["blk.0.ffn_up_exps.weight"].means(), [[0.5, 0.5], [1, 1]])


def test_it_is_no_model_of_the_library(tmp_path: Path) -> None:
    path = tmp_path / "im.gguf"
    entry = Entry(np.ones((1, 4), np.float32), np.ones(1, np.float32))
    write_imatrix(path, Imatrix({"blk.0.w": entry}, (), 1, 1))
    assert read_entry(Found(path, "", "path")) is None


def test_damaged_files_are_refused(tmp_path: Path, tiny: Path) -> None:
    good = Entry(np.ones((1, 4), np.float32), np.ones(1, np.float32))
    path = tmp_path / "im.gguf"
    for bad in (
        good._replace(sums=np.full((1, 4), np.nan, np.float32)),
        good._replace(sums=-good.sums),
        good._replace(counts=np.ones(2, np.float32)),
    ):
        write_imatrix(path, Imatrix({"blk.0.w": bad}, (), 1, 1))
        with pytest.raises(UserError) as caught:
            read_imatrix(path, {})
        assert caught.value.code == "imatrix.unreadable"
    write_imatrix(path, Imatrix({"blk.0.w": good}, (), 1, 1))
    path.write_bytes(path.read_bytes()[:-40])
    with pytest.raises(UserError) as caught:
        read_imatrix(path, {})
    assert caught.value.code == "model.truncated"


def legacy(entries: dict[str, tuple[int, list[float]]], tail: bytes = b"") -> bytes:
    data = struct.pack("<i", len(entries))
    for name, (calls, values) in entries.items():
        data += struct.pack("<i", len(name)) + name.encode() + struct.pack("<ii", calls, len(values))
        data += struct.pack(f"<{len(values)}f", *values)
    return data + tail


def test_the_older_format_is_read(tmp_path: Path) -> None:
    path = tmp_path / "im.dat"
    entries = {"blk.0.ffn_up_exps.weight": (2, [2.0, 4.0, 6.0, 8.0]), "blk.0.attn_q.weight": (2, [1.0, 3.0])}
    widths = {"blk.0.ffn_up_exps.weight": 2, "blk.0.attn_q.weight": 2}
    path.write_bytes(legacy(entries, struct.pack("<ii", 5, 4) + b"text"))
    found = read_imatrix(path, widths)
    assert (found.datasets, found.chunk_count) == (("text",), 5)
    np.testing.assert_array_equal(found.entries["blk.0.ffn_up_exps.weight"].means(), [[1, 2], [3, 4]])
    np.testing.assert_array_equal(found.entries["blk.0.attn_q.weight"].means(), [[0.5, 1.5]])
    path.write_bytes(legacy(entries))
    assert read_imatrix(path, widths).datasets == ()
    for wrong in (
        b"",
        b"a text that is no matrix at all",
        struct.pack("<i", 1 << 30),
        legacy(entries)[:-3],
        legacy({"blk.0.attn_q.weight": (1, [-1.0])}),
        legacy({"blk.0.attn_q.weight": (0, [1.0])}),
    ):
        path.write_bytes(wrong)
        with pytest.raises(UserError) as caught:
            read_imatrix(path, widths)
        assert caught.value.code == "imatrix.unreadable"


def test_as_a_job(tiny: Path, tmp_path: Path, start: Callable[[AnyJob], Running]) -> None:
    text, target = tmp_path / "text.txt", tmp_path / "im.gguf"
    text.write_text(TEXT * 4, encoding="utf-8")
    end = start(ImatrixJob(str(tiny), str(target), str(text), n_ctx=128)).end()
    assert isinstance(end, FileWritten), end
    found = read_imatrix(target, {})
    assert found.datasets == ("text.txt",)
    assert len(found.entries) == 2 * 7
    end = start(ImatrixJob(str(tiny), str(target), str(text), n_ctx=8192)).end()
    assert getattr(end, "code", "") == "text.too_short"
    end = start(ImatrixJob(str(tiny), str(target), str(tmp_path / "no.txt"))).end()
    assert getattr(end, "code", "") == "file.unreadable"
    assert sorted(path.name for path in tmp_path.glob("*")) == ["home", "im.gguf", "text.txt"]
