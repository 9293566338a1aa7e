"""Sensitivity maps, and files that meet a target by them."""

from pathlib import Path

import numpy as np
import pytest

from engine.errors import UserError
from engine.evaluate.job import run_compare
from engine.library.gguf_header import read_header
from engine.protocol.jobs import (
    CompareJob,
    FileWritten,
    GroupMeasured,
    ImatrixJob,
    JobEvent,
    JobStep,
    ModelCompared,
    QuantizeJob,
    SensitivityJob,
    TargetChosen,
    TargetJob,
    TargetMeasured,
)
from engine.quantize.imatrix import run_imatrix
from engine.quantize.job import run_quantize
from engine.quantize.sensitivity import run_sensitivity, stored_tensors
from engine.quantize.sensitivity_kl import estimate
from engine.quantize.sensitivity_map import (
    Group,
    SensitivityMap,
    TensorSensitivity,
    TypeChoice,
    find_map,
    layer_and_kind,
    list_maps,
    new_map_place,
    read_map,
    write_map,
)
from engine.quantize.target import run_target
from tests.support.tiny_llama import TEXT, Size, write_tiny_llama

CHUNK = 64
SIZE = Size(n_embd=64, n_ff=256)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model, a text, and the map of both."""
    place = tmp_path_factory.mktemp("sensitivity")
    write_tiny_llama(place / "tiny.gguf", SIZE)
    (place / "text.txt").write_text(TEXT * 4, encoding="utf-8")
    return place


@pytest.fixture(scope="module")
def measured(folder: Path) -> tuple[SensitivityMap, list[JobEvent]]:
    told: list[JobEvent] = []
    job = SensitivityJob(
        str(folder / "tiny.gguf"), str(folder / "map.json"), str(folder / "text.txt"), n_ctx=CHUNK
    )
    end = run_sensitivity(job, told.append)
    return read_map(Path(end.path)), told


def test_errors_are_those_of_the_quantized_files(
    folder: Path, measured: tuple[SensitivityMap, list[JobEvent]], tmp_path: Path
) -> None:
    found, _told = measured
    source = folder / "tiny.gguf"
    run_quantize(QuantizeJob(str(source), str(tmp_path / "q.gguf"), "Q5_0"), lambda _event: None)
    originals, written = stored_tensors(source), stored_tensors(tmp_path / "q.gguf")
    by_name = {one.name: one for one in found.tensors}
    assert set(by_name) == {name for name, one in originals.items() if len(one.info.shape) > 1}
    for name in ("blk.0.attn_q.weight", "blk.1.attn_v.weight"):
        rows, back = originals[name].rows(), written[name].rows()
        choice = by_name[name].choice("Q5_0")
        assert choice is not None
        assert choice.error == pytest.approx(np.sqrt(((back - rows) ** 2).sum() / (rows**2).sum()), rel=1e-5)
        assert choice.nbytes == written[name].info.nbytes
    down = by_name["blk.0.ffn_down.weight"]
    assert {one.type for one in down.choices} >= {"Q2_K", "Q4_K", "Q8_0"}
    assert all(one.type in ("IQ4_NL", "Q5_0", "Q5_1", "Q8_0") for one in by_name["token_embd.weight"].choices)
    errors = [one.error for one in sorted(down.choices, key=lambda one: one.nbytes)]
    assert errors == sorted(errors, reverse=True)


def test_groups_are_the_divergence_of_a_file_with_that_group_quantized(
    folder: Path, measured: tuple[SensitivityMap, list[JobEvent]], tmp_path: Path
) -> None:
    found, told = measured
    source = folder / "tiny.gguf"
    rules = ((r"^blk\.1\.", "Q4_0"), (r".", "F32"))
    target = tmp_path / "one.gguf"
    run_quantize(QuantizeJob(str(source), str(target), "Q8_0", overrides=rules), lambda _event: None)
    types = {info.name: info.type.name for info in read_header(target).tensors}
    assert {name for name, kind in types.items() if kind == "Q4_0"} == {
        one.name for one in found.tensors if one.layer == 1
    }
    assert set(types.values()) == {"F32", "Q4_0"}
    results: list[JobEvent] = []
    job = CompareJob(
        (str(source), str(target)),
        ("a", "b"),
        str(folder / "text.txt"),
        str(tmp_path / "c.npz"),
        n_ctx=CHUNK,
    )
    run_compare(job, results.append)
    expected = [event for event in results if isinstance(event, ModelCompared)][1].kl_mean
    (group,) = (one for one in found.groups if (one.axis, one.name) == ("layer", "1"))
    # The file computes with quantized weights and rounded inputs, memory with the same weights exactly.
    assert group.kl == pytest.approx(expected, rel=0.2)
    assert [(one.axis, one.name) for one in told if isinstance(one, GroupMeasured)] == [
        (one.axis, one.name) for one in found.groups
    ]
    fractions = [event.fraction for event in told if isinstance(event, JobStep)]
    assert fractions == sorted(fractions)
    assert fractions[-1] == pytest.approx(1)


def test_the_whole_is_the_divergence_of_a_file_in_the_probe_type(
    folder: Path, measured: tuple[SensitivityMap, list[JobEvent]], tmp_path: Path
) -> None:
    found, _told = measured
    source, target = folder / "tiny.gguf", tmp_path / "q.gguf"
    rules = tuple((f"^{one.name}$", "Q4_0") for one in found.tensors)
    run_quantize(QuantizeJob(str(source), str(target), "Q4_0", overrides=rules), lambda _event: None)
    results: list[JobEvent] = []
    text, table = str(folder / "text.txt"), str(tmp_path / "c.npz")
    run_compare(CompareJob((str(source), str(target)), ("a", "b"), text, table, n_ctx=CHUNK), results.append)
    expected = [event for event in results if isinstance(event, ModelCompared)][1].kl_mean
    (whole,) = (one for one in found.groups if one.axis == "whole")
    assert whole.kl == pytest.approx(expected, rel=0.2)


def test_weights_are_put_back(measured: tuple[SensitivityMap, list[JobEvent]]) -> None:
    """If anything had stayed changed, later groups would contain the earlier ones."""
    found, _told = measured
    by_name = {(one.axis, one.name): one.kl for one in found.groups}
    layers = sum(kl for (axis, _name), kl in by_name.items() if axis == "layer")
    kinds = sum(
        kl for (axis, name), kl in by_name.items() if axis == "kind" and name not in ("token_embd", "output")
    )
    assert kinds == pytest.approx(layers, rel=0.5)


def test_a_quantized_source_is_measured_in_a_copy_that_goes_away(folder: Path, tmp_path: Path) -> None:
    small = tmp_path / "small.gguf"
    run_quantize(QuantizeJob(str(folder / "tiny.gguf"), str(small), "Q4_1"), lambda _event: None)
    job = SensitivityJob(
        str(small), str(tmp_path / "map.json"), str(folder / "text.txt"), n_ctx=CHUNK, types=("Q4_0", "Q8_0")
    )
    run_sensitivity(job, lambda _event: None)
    found = read_map(tmp_path / "map.json")
    assert found.has_divergence
    assert all({one.type for one in tensor.choices} == {"Q4_0", "Q8_0"} for tensor in found.tensors)
    assert files(tmp_path) == ["map.json", "small.gguf"]


def test_an_importance_matrix_weighs_the_errors(folder: Path, tmp_path: Path) -> None:
    source, matrix = folder / "tiny.gguf", tmp_path / "m.gguf"
    run_imatrix(
        ImatrixJob(str(source), str(matrix), str(folder / "text.txt"), n_ctx=CHUNK), lambda _event: None
    )
    maps = []
    for imatrix in ("", str(matrix)):
        job = SensitivityJob(str(source), str(tmp_path / "map.json"), imatrix=imatrix)
        run_sensitivity(job, lambda _event: None)
        maps.append(read_map(tmp_path / "map.json"))
    plain, weighed = maps
    assert not plain.has_divergence
    assert (plain.imatrix, weighed.imatrix) == ("", "m.gguf")
    pairs = zip(plain.tensors, weighed.tensors, strict=True)
    assert any(one.choices != other.choices for one, other in pairs)


@pytest.mark.parametrize("share", [0.3, 0.8])
def test_a_size_is_met_and_predicted_exactly(
    folder: Path, measured: tuple[SensitivityMap, list[JobEvent]], tmp_path: Path, share: float
) -> None:
    found, _told = measured
    smallest = found.fixed_bytes + sum(min(one.nbytes for one in tensor.choices) for tensor in found.tensors)
    largest = found.fixed_bytes + sum(max(one.nbytes for one in tensor.choices) for tensor in found.tensors)
    budget = round(smallest + share * (largest - smallest))
    told: list[JobEvent] = []
    end = target(folder, tmp_path, told, size_bytes=budget)
    assert end.size_bytes <= budget
    assert end.size_bytes > budget - 0.2 * (largest - smallest)
    (chosen,) = (event for event in told if isinstance(event, TargetChosen))
    assert chosen.size_bytes == pytest.approx(end.size_bytes, abs=512)
    assert sum(chosen.types.values()) + found.fixed_bytes == pytest.approx(end.size_bytes, abs=512)
    (proof,) = (event for event in told if isinstance(event, TargetMeasured))
    assert proof.kl > 0
    fractions = [event.fraction for event in told if isinstance(event, JobStep)]
    assert fractions == sorted(fractions)


def test_a_divergence_is_met_as_measured(
    folder: Path, measured: tuple[SensitivityMap, list[JobEvent]], tmp_path: Path
) -> None:
    told: list[JobEvent] = []
    target(folder, tmp_path, told, size_bytes=1 << 30)
    best = next(event.kl for event in told if isinstance(event, TargetMeasured))
    sizes = []
    for factor in (4, 16, 64):
        told.clear()
        end = target(folder, tmp_path, told, kl=factor * best)
        last = [event for event in told if isinstance(event, TargetMeasured)][-1]
        assert last.kl <= factor * best
        assert last.size_bytes == end.size_bytes
        sizes.append(end.size_bytes)
    assert sizes == sorted(set(sizes), reverse=True)
    assert files(tmp_path) == ["out.gguf"]


def files(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if path.is_file())


def target(
    folder: Path, out: Path, told: list[JobEvent], *, size_bytes: int = 0, kl: float = 0.0
) -> FileWritten:
    job = TargetJob(
        source=str(folder / "tiny.gguf"),
        target=str(out / "out.gguf"),
        map=str(folder / "map.json"),
        size_bytes=size_bytes,
        kl=kl,
        text=str(folder / "text.txt"),
        n_ctx=CHUNK,
    )
    return run_target(job, told.append)


def test_what_cannot_be_met_is_said(
    folder: Path, measured: tuple[SensitivityMap, list[JobEvent]], tmp_path: Path
) -> None:
    for code, aim in (
        ("target.too_small", {"size_bytes": 1000}),
        ("target.too_good", {"kl": 1e-12}),
    ):
        with pytest.raises(UserError) as caught:
            target(folder, tmp_path, [], **aim)
        assert caught.value.code == code
    assert files(tmp_path) == []
    other = write_tiny_llama(tmp_path / "other.gguf", SIZE, seed=9)
    job = TargetJob(str(other), str(tmp_path / "o.gguf"), str(folder / "map.json"), size_bytes=1 << 30)
    with pytest.raises(UserError) as caught:
        run_target(job, lambda _event: None)
    assert caught.value.code == "sensitivity.other_model"


@pytest.mark.parametrize(("words", "n_tokens"), [("Too short.", 0), (TEXT * 4, CHUNK - 1)])
def test_too_few_tokens_are_said_before_anything_is_measured(
    folder: Path, tmp_path: Path, words: str, n_tokens: int
) -> None:
    text, target, told = tmp_path / "text.txt", tmp_path / "map.json", list[JobEvent]()
    text.write_text(words, encoding="utf-8")
    job = SensitivityJob(str(folder / "tiny.gguf"), str(target), str(text), n_ctx=CHUNK, n_tokens=n_tokens)
    with pytest.raises(UserError) as caught:
        run_sensitivity(job, told.append)
    assert caught.value.code == "text.too_short"
    assert not told
    assert not target.exists()


def test_maps_are_kept_and_found(tmp_path: Path) -> None:
    one = SensitivityMap("m.gguf", "hash", 10, 1, (tensor(0, "attn_q", 0.1),), created_ms=1)
    place = new_map_place(tmp_path, "/models/m.gguf")
    write_map(place, one)
    (place.parent / "broken.json").write_text("{", encoding="utf-8")
    assert list_maps(tmp_path) == [(place, one)]
    assert find_map(tmp_path, "hash", divergence=False) == place
    assert find_map(tmp_path, "hash", divergence=True) is None
    with pytest.raises(UserError) as caught:
        read_map(place.parent / "broken.json")
    assert caught.value.code == "sensitivity.unreadable"


def tensor(layer: int, kind: str, error: float) -> TensorSensitivity:
    name = f"blk.{layer}.{kind}.weight" if layer >= 0 else f"{kind}.weight"
    return TensorSensitivity(name, layer, kind, (32, 2), "F16", (TypeChoice("Q4_0", 36, error),))


def test_the_estimate_has_the_sums_that_were_measured() -> None:
    tensors = [tensor(layer, kind, 0.1) for layer in range(3) for kind in ("attn_q", "ffn_up")]
    tensors.append(tensor(-1, "output", 0.2))
    rows, columns = (0.1, 0.2, 0.3), (0.15, 0.45)
    groups = [Group("layer", str(layer), kl) for layer, kl in enumerate(rows)]
    groups += [Group("kind", kind, kl) for kind, kl in zip(("attn_q", "ffn_up"), columns, strict=True)]
    groups.append(Group("kind", "output", 0.05))
    found = estimate(tensors, groups, "Q4_0")
    parts = {one.name: one.weight * one.choices[0].error ** 2 for one in found}
    for layer, kl in enumerate(rows):
        assert sum(parts[f"blk.{layer}.{kind}.weight"] for kind in ("attn_q", "ffn_up")) == pytest.approx(kl)
    for kind, kl in zip(("attn_q", "ffn_up"), columns, strict=True):
        assert sum(parts[f"blk.{layer}.{kind}.weight"] for layer in range(3)) == pytest.approx(kl)
    assert parts["output.weight"] == pytest.approx(0.05)
    # Independent rows and columns: the table is their product.
    assert parts["blk.2.ffn_up.weight"] == pytest.approx(0.3 * 0.45 / 0.6)


def test_estimates_add_up_to_the_loss_of_the_whole() -> None:
    """Errors of several tensors add up to more than their sum; what a file is predicted to lose includes
    that.
    """
    tensors = [tensor(layer, "attn_q", 0.1) for layer in range(2)]
    groups = [Group("layer", "0", 0.1), Group("layer", "1", 0.3), Group("kind", "attn_q", 0.4)]
    alone = estimate(tensors, groups, "Q4_0")
    together = estimate(tensors, [Group("whole", "", 0.52), *groups], "Q4_0")
    assert sum(one.weight * one.choices[0].error ** 2 for one in together) == pytest.approx(0.52)
    assert [one.weight for one in together] == pytest.approx([1.3 * one.weight for one in alone])


def test_names_are_taken_apart() -> None:
    assert layer_and_kind("blk.12.ffn_gate_exps.weight") == (12, "ffn_gate_exps")
    assert layer_and_kind("token_embd.weight") == (-1, "token_embd")
