"""Quantizing: the bytes are llama.cpp's, and nothing half done is ever left."""

import ctypes
import resource
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from engine.backends.llama_cpp.native import library
from engine.errors import UserError
from engine.library.gguf_header import read_header
from engine.library.gguf_origin import read_origin
from engine.output import part_path, writing
from engine.protocol.jobs import (
    FileWritten,
    JobEvent,
    JobFailed,
    JobNotice,
    JobStep,
    Planned,
    QuantizeJob,
)
from engine.quantize.imatrix_file import write_imatrix
from engine.quantize.imatrix_values import Entry, Imatrix
from engine.quantize.job import run_quantize
from engine.quantize.types import FILE_TYPES
from tests.engine.quantize.conftest import Running
from tests.support.tiny_llama import write_tiny_llama

Start = Callable[[QuantizeJob], Running]


def by_library(source: Path, target: Path, name: str) -> bytes:
    lib = library()
    params = lib.llama_model_quantize_default_params()
    params.ftype, params.allow_requantize, params.nthread = FILE_TYPES[name].number, True, 1
    assert lib.llama_model_quantize(str(source).encode(), str(target).encode(), ctypes.byref(params)) == 0
    return target.read_bytes()


@pytest.mark.parametrize("name", ["Q8_0", "Q4_K_M"])
def test_bytes_are_those_of_the_library(name: str, starter_path: Path, start: Start, tmp_path: Path) -> None:
    target = tmp_path / "out.gguf"
    job = start(QuantizeJob(str(starter_path), str(target), name))
    seen: list[JobEvent] = []
    while not isinstance(event := job.next(), FileWritten | JobFailed):
        seen.append(event)
    assert isinstance(event, FileWritten), event
    expected = by_library(starter_path, tmp_path / "library.gguf", name)
    assert target.read_bytes() == expected
    header = read_header(target)
    values = sum(one.values for one in header.tensors)
    assert event.size_bytes == len(expected)
    assert event.bits_per_weight == pytest.approx(sum(one.nbytes for one in header.tensors) * 8 / values)
    steps = [one for one in seen if isinstance(one, JobStep)]
    assert [one.label for one in steps] == [one.name for one in header.tensors]
    fractions = [one.fraction for one in steps]
    assert fractions == sorted(fractions)
    assert fractions[-1] < 1
    codes = {one.code for one in seen if isinstance(one, JobNotice)}
    assert codes == ({"quantize.requantizing"} | ({"quantize.fallback"} if name == "Q4_K_M" else set()))
    assert sorted(path.name for path in tmp_path.glob("*.gguf*")) == ["library.gguf", "out.gguf"]


def run(tiny: Path, target: Path, name: str = "Q4_0", **changes: Any) -> tuple[object, list[JobEvent]]:
    told: list[JobEvent] = []
    return run_quantize(QuantizeJob(str(tiny), str(target), name, **changes), told.append), told


def test_the_plan_is_what_comes(tiny: Path, tmp_path: Path) -> None:
    target = tmp_path / "out.gguf"
    plan, told = run(tiny, target, "Q4_K_M", plan_only=True)
    assert isinstance(plan, Planned)
    assert told == []
    assert not target.exists()
    written, _ = run(tiny, target, "Q4_K_M")
    assert isinstance(written, FileWritten)
    assert abs(plan.size_bytes - target.stat().st_size) < 1024
    found = {one.name: (one.type.name, one.nbytes) for one in read_header(target).tensors}
    assert {one.name: (one.after, one.nbytes) for one in plan.tensors} == found
    assert plan.bits_per_weight == written.bits_per_weight


def test_a_split_model_becomes_one_file(tiny: Path, tmp_path: Path) -> None:
    first = write_tiny_llama(tmp_path / "split.gguf", split=8)
    assert len(list(tmp_path.glob("split-*.gguf"))) == 3
    plan, _ = run(first, tmp_path / "out.gguf", "Q8_0", plan_only=True)
    run(first, tmp_path / "out.gguf", "Q8_0")
    run(tiny, tmp_path / "whole.gguf", "Q8_0")
    headers = [read_header(tmp_path / name) for name in ("out.gguf", "whole.gguf")]
    kinds = [{one.name: (one.type, one.shape) for one in header.tensors} for header in headers]
    assert kinds[0] == kinds[1]
    assert isinstance(plan, Planned)
    assert len(plan.tensors) == len(kinds[0])
    next(tmp_path.glob("split-00002*")).unlink()
    with pytest.raises(UserError) as caught:
        run(first, tmp_path / "again.gguf", "Q8_0")
    assert caught.value.code == "model.incomplete_split"


def test_tensors_of_ones_own_choice(tiny: Path, tmp_path: Path) -> None:
    target = tmp_path / "out.gguf"
    rules = ((r"blk\.0\.ffn_down", "q8_0"), ("attn_v", "Q6_K"), ("no_such", "F16"))
    _, told = run(tiny, target, "Q4_0", overrides=rules)
    kinds = {one.name: one.type.name for one in read_header(target).tensors}
    assert kinds["blk.0.ffn_down.weight"] == "Q8_0"
    assert kinds["blk.1.ffn_down.weight"] == "Q4_0"
    assert {kinds[f"blk.{layer}.attn_v.weight"] for layer in (0, 1)} == {"Q6_K"}
    notices = [one for one in told if isinstance(one, JobNotice)]
    assert notices == [JobNotice("quantize.no_match", {"pattern": "no_such"})]


def importance(tiny: Path, seed: int = 1) -> Imatrix:
    random = np.random.default_rng(seed)
    entries = {
        one.name: Entry(random.random((1, one.shape[0]), np.float32) * 1000, np.array([100], np.float32))
        for one in read_header(tiny).tensors
        if len(one.shape) == 2
    }
    return Imatrix(entries, ("text",), 1, 100)


def test_importance_changes_the_weights_and_allows_the_smallest_types(tiny: Path, tmp_path: Path) -> None:
    path = tmp_path / "im.gguf"
    write_imatrix(path, importance(tiny))
    run(tiny, tmp_path / "plain.gguf", "Q4_K_M")
    run(tiny, tmp_path / "weighted.gguf", "Q4_K_M", imatrix=str(path))
    assert (tmp_path / "plain.gguf").read_bytes() != (tmp_path / "weighted.gguf").read_bytes()
    # What llama-quantize writes about the matrix, and the library reads.
    origin = read_origin(read_header(tmp_path / "weighted.gguf").metadata)
    assert origin[3:] == ("im.gguf", "text", len(importance(tiny).entries), 1)
    with pytest.raises(UserError) as caught:
        run(tiny, tmp_path / "small.gguf", "IQ2_XXS")
    assert caught.value.code == "quantize.needs_imatrix"
    run(tiny, tmp_path / "small.gguf", "IQ2_XXS", imatrix=str(path))
    assert (tmp_path / "small.gguf").exists()


def test_importance_of_another_model_is_refused(tiny: Path, tmp_path: Path) -> None:
    path = tmp_path / "im.gguf"
    wrong = {name: Entry(one.sums[:, :32], one.counts) for name, one in importance(tiny).entries.items()}
    write_imatrix(path, Imatrix(wrong, (), 1, 1))
    with pytest.raises(UserError) as caught:
        run(tiny, tmp_path / "out.gguf", imatrix=str(path))
    assert caught.value.code == "imatrix.other_model"
    with pytest.raises(UserError) as caught:
        run(tiny, tmp_path / "out.gguf", imatrix=str(tiny))
    assert caught.value.code == "imatrix.unreadable"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"type_name": "Q9"}, "quantize.unknown_type"),
        ({"overrides": (("x", "Q9"),)}, "quantize.unknown_tensor_type"),
        ({"overrides": (("(", "Q8_0"),)}, "quantize.pattern"),
        ({"target": "SOURCE"}, "output.is_source"),
        ({"target": "nowhere/out.gguf"}, "output.no_folder"),
        ({"target": "."}, "output.is_folder"),
        ({"source": "missing.gguf"}, "model.missing"),
        ({"source": "short.gguf"}, "model.truncated"),
        ({"source": "other.gguf"}, "model.not_gguf"),
    ],
)
def test_what_cannot_be_done_is_said(
    changes: dict[str, Any], code: str, tiny: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copy(tiny, "tiny.gguf")
    Path("short.gguf").write_bytes(tiny.read_bytes()[:-1000])
    Path("other.gguf").write_bytes(b"PK\x03\x04" + bytes(100))
    before = sorted(tmp_path.iterdir())
    values = {"source": "tiny.gguf", "target": "out.gguf", "type_name": "Q4_0", **changes}
    if values["target"] == "SOURCE":
        values["target"] = "tiny.gguf"
    with pytest.raises(UserError) as caught:
        run_quantize(QuantizeJob(**values), lambda _: None)
    assert caught.value.code == code
    assert sorted(tmp_path.iterdir()) == before
    assert Path("tiny.gguf").read_bytes() == tiny.read_bytes()


def test_no_room_is_found_out_before(tiny: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = shutil.disk_usage(tmp_path)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage._replace(free=1 << 20))
    with pytest.raises(UserError) as caught:
        run(tiny, tmp_path / "out.gguf")
    assert caught.value.code == "output.no_space"
    assert list(tmp_path.glob("out*")) == []


def test_a_write_that_fails_leaves_nothing(tiny: Path, tmp_path: Path) -> None:
    target = tmp_path / "out.gguf"
    target.write_bytes(b"the old one")
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, limits[1]))
    try:
        with pytest.raises(UserError) as caught:
            run(tiny, target)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert caught.value.code == "quantize.failed"
    assert target.read_bytes() == b"the old one"
    assert not part_path(target).exists()


def test_one_job_at_a_time_writes_a_target(tiny: Path, tmp_path: Path, start: Start) -> None:
    target = tmp_path / "out.gguf"
    with writing(target) as part:
        part.write_bytes(b"the first one's")
        end = start(QuantizeJob(str(tiny), str(target), "Q4_0")).end()
        assert isinstance(end, JobFailed)
        assert (end.code, end.params) == ("output.busy", {"path": str(target)})
    assert target.read_bytes() == b"the first one's"
    target.unlink()
    assert list(tmp_path.glob("out*")) == []
    part_path(target).write_bytes(b"what a killed job left")
    assert isinstance(start(QuantizeJob(str(tiny), str(target), "Q4_0")).end(), FileWritten)
    assert list(tmp_path.glob("out*")) == [target]


def begun(job: Running) -> None:
    """Wait until it is at work."""
    while not (isinstance(event := job.next(), JobStep) and event.fraction > 0):
        assert not isinstance(event, JobFailed | FileWritten), event


def test_cancelled_in_the_middle(starter_path: Path, start: Start, tmp_path: Path) -> None:
    target = tmp_path / "out.gguf"
    job = start(QuantizeJob(str(starter_path), str(target), "IQ3_XXS"))
    begun(job)
    assert part_path(target).exists()
    job.process.cancel()
    assert job.end() == JobFailed("cancelled")
    assert list(tmp_path.glob("out*")) == []


def test_an_orphan_ends_and_leaves_nothing(starter_path: Path, start: Start, tmp_path: Path) -> None:
    target = tmp_path / "out.gguf"
    job = start(QuantizeJob(str(starter_path), str(target), "IQ3_XXS"))
    begun(job)
    job.process._stdin.close()
    end = job.end()
    assert isinstance(end, JobFailed)
    assert end.code == "job.died"
    assert list(tmp_path.glob("out*")) == []
