"""The whole way: a layer's real inputs, every method, the file."""

import queue
from pathlib import Path
from typing import get_args

import numpy as np
import pytest

from engine.client.job_process import JobProcess
from engine.errors import UserError
from engine.lab.inputs import layer_inputs
from engine.lab.job import run_lab
from engine.lab.matrix import read_matrix
from engine.lab.results import read_result
from engine.lab.tensors import layer_tensors
from engine.protocol.jobs import ImatrixJob, JobEnd, JobEvent, JobFailed, JobNotice, JobStep
from engine.protocol.lab import LAB_METHODS, LabDone, LabJob, LabMeasure, LabMethod, LabScheme
from engine.quantize.imatrix import measure
from tests.support.tiny_llama import TEXT, Size, write_tiny_llama

CHUNK = 64


@pytest.fixture
def text(tmp_path: Path) -> Path:
    path = tmp_path / "text.txt"
    path.write_text(TEXT * 6, encoding="utf-8")
    return path


def _job(source: Path, text: Path, tensor: str = "blk.0.ffn_down.weight", **fields: object) -> LabJob:
    target = str(text.with_name("out.npz"))
    return LabJob(str(source), tensor, str(text), target, n_ctx=CHUNK, **fields)  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ["blk.0.attn_k.weight", "blk.0.ffn_down.weight", "blk.1.ffn_up.weight"])
def test_inputs_are_those_of_the_importance_matrix(tiny: Path, name: str) -> None:
    """Ended early or not, in the last layer too: the same rows as llama.cpp's own definition sums up."""
    tensor = next(one for one in layer_tensors(tiny) if one.name == name)
    steps: list[JobStep] = []
    rows = layer_inputs(tiny, tensor, TEXT * 3, steps.append, n_ctx=CHUNK, n_tokens=200)
    assert rows.shape == (192, tensor.inputs)
    assert steps[-1].fraction == 1
    whole = measure(
        tiny, TEXT * 3, ImatrixJob(str(tiny), "", "", n_ctx=CHUNK, n_tokens=200), lambda _step: None
    )
    np.testing.assert_allclose(np.square(rows).sum(axis=0), whole.entries[name].sums[0], rtol=1e-4)


def test_inputs_of_a_model_with_experts(tmp_path: Path) -> None:
    """Attention is not split among experts; stacked matrices are not offered."""
    path = write_tiny_llama(tmp_path / "experts.gguf", Size(experts=4))
    found = layer_tensors(path)
    assert not [one for one in found if "exps" in one.name]
    tensor = next(one for one in found if one.name == "blk.1.attn_q.weight")
    assert layer_inputs(path, tensor, TEXT, print, n_ctx=CHUNK, n_tokens=CHUNK).shape == (CHUNK, 256)


def test_every_method_in_a_process_of_its_own(tiny: Path, text: Path, home: Path) -> None:
    events: queue.SimpleQueue[JobEvent] = queue.SimpleQueue()
    process = JobProcess(home, _job(tiny, text), events.put)
    heard = [events.get(timeout=60)]
    while not isinstance(heard[-1], JobEnd):
        heard.append(events.get(timeout=60))
    assert process.wait(10)
    end = heard[-1]
    assert isinstance(end, LabDone)
    assert end.fitted_tokens == pytest.approx(end.tokens * 0.75, abs=CHUNK)
    measures = tuple(one for one in heard if isinstance(one, LabMeasure))
    assert tuple(one.method for one in measures) == LAB_METHODS == get_args(LabMethod)
    result = read_result(Path(end.path))
    assert result.measures == measures
    assert result.tensor.name == "blk.0.ffn_down.weight"
    for one in measures:
        assert 0 < one.weights_only_error < one.output_error < 0.6
        assert result.arrays[f"{one.method}.weights"].sum() == 256 * 512
        assert result.arrays[f"{one.method}.channels"].shape == (256,)
        assert result.arrays[f"{one.method}.map"].shape == (96, 192)
    assert result.arrays["levels"].shape == (15,)
    assert len(result.arrays["awq.scales"]) == len(result.arrays["input_largest"]) == 512


def test_errors_are_those_of_the_layer(tiny: Path, text: Path) -> None:
    """The figures once more, from the same values by the definition."""
    job = _job(tiny, text, methods=("rtn",), scheme=LabScheme(3, granularity="channel"), input_bits=0)
    heard: list[JobEvent] = []
    end = run_lab(job, heard.append)
    (measured,) = (one for one in heard if isinstance(one, LabMeasure))
    tensor, weights = read_matrix(tiny, job.tensor)
    rows = layer_inputs(tiny, tensor, TEXT * 6, print, n_ctx=CHUNK, n_tokens=0)
    seen = rows[np.arange(len(rows)) // CHUNK % 4 == 3]
    assert end.tokens - end.fitted_tokens == len(seen)
    scale = (np.abs(weights).max(axis=1, keepdims=True) / 3).astype(np.float16).astype(np.float32)
    rounded = np.clip(np.rint(weights / scale), -3, 3) * scale
    output = seen @ weights.T
    error = np.linalg.norm(seen @ rounded.T - output) / np.linalg.norm(output)
    assert measured.output_error == pytest.approx(float(error), rel=1e-3)
    assert measured.weights_only_error == measured.output_error
    assert measured.weight_error == pytest.approx(
        float(np.linalg.norm(rounded - weights) / np.linalg.norm(weights)), rel=1e-4
    )


@pytest.mark.parametrize(
    ("tensor", "fields", "code"),
    [
        ("blk.0.attn_norm.weight", {}, "lab.no_tensor"),
        ("token_embd.weight", {}, "lab.no_tensor"),
        ("blk.0.ffn_up.weight", {"n_ctx": 4096}, "text.too_short"),
    ],
)
def test_what_cannot_be_done(tiny: Path, text: Path, tensor: str, fields: dict[str, int], code: str) -> None:
    job = LabJob(str(tiny), tensor, str(text), str(text.with_name("out.npz")), **fields)  # type: ignore[arg-type]
    with pytest.raises(UserError) as caught:
        run_lab(job, lambda _event: None)
    assert caught.value.code == code
    assert not text.with_name("out.npz").exists()


def test_a_damaged_result(tmp_path: Path) -> None:
    path = tmp_path / "out.npz"
    path.write_bytes(b"PK\x03\x04 nothing")
    with pytest.raises(UserError) as caught:
        read_result(path)
    assert caught.value.code == "lab.no_result"


def test_the_starter_model(starter_path: Path, text: Path) -> None:
    """A real layer: rounding by GPTQ fits the text better than rounding to nearest, and the file is Q4_1."""
    job = _job(starter_path, text, "blk.0.attn_v.weight", methods=("rtn", "gptq"), scheme=LabScheme(3))
    heard: list[JobEvent] = []
    run_lab(job, heard.append)
    plain, corrected = (one for one in heard if isinstance(one, LabMeasure))
    assert corrected.fitted_error < 0.8 * plain.fitted_error
    assert [one.code for one in heard if isinstance(one, JobNotice)] == ["lab.quantized_source"]
    assert not [one for one in heard if isinstance(one, JobFailed)]
